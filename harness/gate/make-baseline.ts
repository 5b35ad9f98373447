import type { Baseline } from "../core/baseline.ts";
import { BASELINE_VERSION } from "../core/baseline.ts";
import type { RunResult } from "../core/run-result.ts";
import { comparedOf } from "./comparable.ts";
import { deflatedBy, exactEntries } from "./exact-entries.ts";
import { noisyReadings } from "./noisy-entries.ts";

/**
 * Why a baseline is none to be kept; null where it may be. Where the scenario promises the same bytes, runs that differ are not
 * of one build.
 */
export function whyNoBaseline({ exact, configuration }: Baseline): string | null {
  if (configuration.fixed !== true) return null;
  const [one, ...more] = exact.filter(({ repeats }) => repeats === "nothing");
  if (one === undefined) return null;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return `the runs are not of one build: ${one.metric}${one.mode === undefined ? "" : ` in ${one.mode}`}${others} differ, and the scenario gives the same bytes each time`;
}

/** The baseline of runs that can be compared with each other, at least one. */
export function makeBaseline(runs: readonly [RunResult, ...RunResult[]]): Baseline {
  const noisy = noisyReadings(runs);
  return {
    baselineVersion: BASELINE_VERSION,
    ...comparedOf(runs[0]),
    deflatedBy: deflatedBy(runs[0]),
    runs: runs.length,
    exact: exactEntries(runs),
    ...(noisy === null ? {} : { noisy }),
  };
}
