import type { Baseline } from "../core/baseline.ts";
import { type GateReport, isFailure } from "../core/gate-report.ts";
import type { RunResult } from "../core/run-result.ts";
import { REPEATS_THAT_PROVE } from "./exact-entries.ts";
import { judgeExact } from "./exact-verdict.ts";
import { noisyReadings } from "./noisy-entries.ts";
import { judgeNoisy } from "./noisy-verdict.ts";

/**
 * Holds runs to a baseline that they can be compared with (`comparable.ts`). Exact metrics by {@link judgeExact}, noisy ones by
 * {@link judgeNoisy}: the two share nothing.
 *
 * @param name what the baseline is called in the report
 */
export function judgeGate(
  baseline: Baseline,
  runs: readonly [RunResult, ...RunResult[]],
  name: string,
): GateReport {
  const exact = judgeExact(baseline, runs);
  const after = noisyReadings(runs) ?? { machine: noMachine, startedAt: [], metrics: [] };
  const before = baseline.noisy ?? { ...after, startedAt: [], metrics: [] };
  const noisy = judgeNoisy(before, after);
  const isFailed = [...exact, ...noisy].some(isFailure);
  return {
    scenario: baseline.scenario,
    baseline: name,
    runs: { before: baseline.runs, after: runs.length },
    verdict: isFailed ? "regressed" : "passed",
    exact,
    noisy,
    notes: notesOn(baseline),
  };
}

const noMachine = { platform: "", cpus: 1 };

function notesOn(baseline: Baseline): string[] {
  return [
    ...(baseline.exact.some(({ repeats }) => repeats === "all" || repeats === "size")
      ? []
      : [
          `No size in it repeats. The scenario is not one that gives the same bytes each time; from ${REPEATS_THAT_PROVE} runs it can be told which do all the same.`,
        ]),
  ];
}
