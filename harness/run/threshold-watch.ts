import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { Metric } from "../core/metric.ts";
import type { Threshold } from "../core/threshold.ts";
import { judgeThresholds } from "../gate/thresholds.ts";

/** Ends a run as soon as a threshold with `abortOnFail` is crossed. One without a sample is not, as long as the run goes on. */
export class ThresholdWatch {
  readonly #watched: readonly Threshold[];
  readonly #modes: readonly string[];
  readonly #metrics: () => readonly Metric[];
  readonly #crossed = new AbortController();

  /** @param metrics all figures so far */
  constructor(
    { thresholds, modes }: { readonly thresholds: readonly Threshold[]; readonly modes: readonly string[] },
    metrics: () => readonly Metric[],
  ) {
    this.#watched = thresholds.filter(({ abortOnFail }) => abortOnFail);
    this.#modes = modes;
    this.#metrics = metrics;
  }

  /** Whether any may end the run. */
  get isNeeded(): boolean {
    return this.#watched.length > 0;
  }

  /** Aborts when one is crossed; the reason is a BenchError `threshold-crossed`, with the exit code of a threshold. */
  get crossed(): AbortSignal {
    return this.#crossed.signal;
  }

  /** Whether any that may end the run is about frames as they would be deflated. */
  get needsDeflated(): boolean {
    return this.#watched.some(({ metric }) => /\.deflated/.test(metric));
  }

  /** Whether these figures cross one. */
  isCrossedBy(metrics: readonly Metric[]): boolean {
    return this.#firstCrossed(metrics) !== undefined;
  }

  /** Judges what there is so far. */
  look(): void {
    const first = this.isNeeded ? this.#firstCrossed(this.#metrics()) : undefined;
    if (first === undefined) return;
    const { name, mode, expression, actual, unit } = first;
    const what = `${name}${mode === undefined ? "" : `{mode:${mode}}`} ${expression}`;
    const message = `the threshold ${what} was crossed, at ${actual}${unit === null || unit === "count" ? "" : ` ${unit}`}, and ends the run (abortOnFail)`;
    this.#crossed.abort(
      new BenchError(message, { code: "threshold-crossed", exitCode: EXIT_CODES.threshold }),
    );
  }

  #firstCrossed(metrics: readonly Metric[]) {
    return judgeThresholds(this.#watched, metrics, this.#modes).find(
      ({ passed, actual }) => !passed && actual !== null,
    );
  }
}
