import type { Metric, MetricLabels } from "../core/metric.ts";
import { type LatencyPoint, latency, METRIC_NAMES } from "../core/metric-names.ts";
import type { Micros } from "../core/units.ts";
import { ByteLedger } from "../measure/byte-ledger.ts";
import { counter } from "../measure/figures.ts";
import { LatencyRecorder } from "../measure/latency-recorder.ts";
import { CheckLedger } from "../oracle/check-ledger.ts";

/** The latencies of one mode and operation, to one point. */
interface Latencies {
  readonly name: string;
  readonly labels: MetricLabels;
  readonly recorder: LatencyRecorder;
}

/** The checks that compare lists. */
const LIST_CHECKS = ["user-vs-oracle", "chrome-vs-oracle", "chrome-vs-user"] as const;

/** What a run has measured and checked so far; a result can be made from it at any time. */
export class RunRecorder {
  readonly bytes = new ByteLedger();
  readonly checks = new CheckLedger();
  /** Starts of all steps so far. */
  readonly starts = { made: 0, dropped: 0, late: 0, maxLateUs: 0 };
  /** What the server calls its version in its answers to joins; undefined before the first. */
  liveViewVersion: string | undefined;
  readonly #metrics: Metric[] = [];
  readonly #latencies = new Map<string, Latencies>();

  /** Takes one latency, from the due time of an operation to a point. */
  latency(mode: string, operation: string, point: LatencyPoint, latencyUs: Micros): void {
    const name = latency(operation, point);
    const key = `${mode} ${name}`;
    let entry = this.#latencies.get(key);
    if (entry === undefined) {
      entry = { name, labels: { mode, operation }, recorder: new LatencyRecorder() };
      this.#latencies.set(key, entry);
    }
    entry.recorder.record(latencyUs);
  }

  /** Takes metrics that were made elsewhere. */
  add(...metrics: readonly (Metric | undefined)[]): void {
    for (const metric of metrics) if (metric !== undefined) this.#metrics.push(metric);
  }

  /** All metrics so far. */
  metrics(): Metric[] {
    const latencies = [...this.#latencies.values()].map(({ name, labels, recorder }) =>
      recorder.metric(name, labels),
    );
    return [
      ...this.bytes.metrics(),
      ...latencies.filter((metric) => metric !== undefined),
      ...this.#metrics,
      ...this.#mismatches(),
    ];
  }

  /** Lists that were not as they should have been, by mode. */
  #mismatches(): Metric[] {
    const byMode = new Map<string, number>();
    const { kinds } = this.checks.checks();
    for (const kind of LIST_CHECKS) {
      for (const [mode, { failed }] of Object.entries(kinds[kind]?.modes ?? {})) {
        byMode.set(mode, (byMode.get(mode) ?? 0) + failed);
      }
    }
    return [...byMode].map(([mode, failed]) => counter(METRIC_NAMES.domMismatches, failed, { mode }));
  }
}
