import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import type { RunResult, Verdict } from "../core/run-result.ts";

/** What a verdict is drawn from. */
export interface Evidence extends Pick<RunResult, "checks" | "thresholds" | "generator"> {
  /** Set where the run ended before its end: with 105 by a signal, with 99 by a threshold, with another code by an error. */
  readonly endedEarlyWith?: ExitCode;
}

/**
 * The verdict on a run and what `bench` exits with. The first of these that applies: it ended early, and not by a threshold; a check
 * failed, or none was made (a wrong list is wrong on any machine, so this goes before the next); the generator
 * was the bottleneck; a threshold of level `error` was crossed; it passed.
 */
export function verdictOn(evidence: Evidence): { readonly verdict: Verdict; readonly exitCode: ExitCode } {
  const { checks, thresholds, generator, endedEarlyWith } = evidence;
  const isInterrupted = endedEarlyWith !== undefined && endedEarlyWith !== EXIT_CODES.threshold;
  if (isInterrupted) return { verdict: "interrupted", exitCode: endedEarlyWith };
  if (checks.failed > 0 || checks.made === 0) return { verdict: "failed", exitCode: EXIT_CODES.incorrect };
  if (!generator.believable) return { verdict: "void", exitCode: EXIT_CODES.void };
  if (thresholds.some(({ level, passed }) => level === "error" && !passed)) {
    return { verdict: "failed", exitCode: EXIT_CODES.threshold };
  }
  return { verdict: "passed", exitCode: EXIT_CODES.passed };
}
