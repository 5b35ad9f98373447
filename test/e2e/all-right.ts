import { expect } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import type { Ended } from "./bench.ts";

/**
 * Expects of a run that it came to its end, that everybody saw what is right, and that its thresholds held. On a machine that
 * is busy with other things its figures may be void: that is no fault of what was run on.
 */
export function expectAllRight(
  { stderr, exitCode }: Ended,
  { checks, thresholds, endedBy }: RunResult,
): void {
  expect({ stderr, ended: exitCode === 0 || exitCode === 97, endedBy }).toEqual({ stderr, ended: true });
  expect(checks.failures).toEqual([]);
  expect(thresholds.filter(({ passed }) => !passed)).toEqual([]);
}
