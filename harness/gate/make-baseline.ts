import type { Baseline } from "../core/baseline.ts";
import { BASELINE_VERSION } from "../core/baseline.ts";
import type { RunResult } from "../core/run-result.ts";
import { comparedOf } from "./comparable.ts";
import { deflatedBy, exactEntries } from "./exact-entries.ts";
import { noisyReadings } from "./noisy-entries.ts";

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
