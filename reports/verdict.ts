import type { RunResult } from "../harness/core/run-result.ts";
import { count, integer } from "./quantities.ts";

/** What there is to say of a run's verdict, in every report. */
export interface VerdictWords {
  /** `PASSED` */
  readonly word: string;
  /** `0 of 120 checks failed, 3 of 3 thresholds held, exit code 0` */
  readonly facts: string;
  /** Why, a sentence each. */
  readonly reasons: readonly string[];
}

/** The verdict of a run in words. */
export function verdictWords({
  verdict,
  checks,
  thresholds,
  exitCode,
  endedBy,
  generator,
}: RunResult): VerdictWords {
  const held = thresholds.filter(({ passed }) => passed).length;
  return {
    word: verdict.toUpperCase(),
    facts: [
      `${integer(checks.failed)} of ${count(checks.made, "check")} failed`,
      ...(thresholds.length === 0
        ? []
        : [`${integer(held)} of ${count(thresholds.length, "threshold")} held`]),
      `exit code ${exitCode}`,
    ].join(", "),
    reasons: [
      ...(endedBy === undefined ? [] : [endedBy]),
      ...(checks.made === 0 ? ["No check was made, so nothing was shown to be right."] : []),
      ...generator.reasons,
    ],
  };
}
