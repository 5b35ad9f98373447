import { expect, test } from "vitest";
import type { ThresholdVerdict } from "../../../harness/core/run-result.ts";
import { type Evidence, verdictOn } from "../../../harness/gate/verdict.ts";

const threshold = (level: "error" | "warn", passed: boolean): ThresholdVerdict => ({
  name: "payload.insert.bytes",
  expression: "max<=1",
  operator: "<=",
  expected: 1,
  actual: 2,
  unit: "bytes",
  level,
  passed,
});

const good: Evidence = {
  checks: { made: 1, failed: 0, kinds: {}, failures: [] },
  thresholds: [threshold("error", true), threshold("warn", true)],
  generator: {
    processes: [],
    believable: true,
    reasons: [],
  },
};
const failed = { made: 5, failed: 1, kinds: {}, failures: [] };
const overloaded = { ...good.generator, believable: false };
const crossed = [threshold("error", false)];

test.each([
  ["all is well", {}, "passed", 0],
  ["a warning was given", { thresholds: [threshold("warn", false)] }, "passed", 0],
  ["a threshold was crossed", { thresholds: crossed }, "failed", 99],
  ["the generator was the bottleneck", { thresholds: crossed, generator: overloaded }, "void", 97],
  ["a check failed", { thresholds: crossed, generator: overloaded, checks: failed }, "failed", 98],
  ["no check was made", { checks: { ...good.checks, made: 0 } }, "failed", 98],
  ["a signal came", { checks: failed, endedEarlyWith: 105 }, "interrupted", 105],
  ["a threshold ended it", { thresholds: crossed, endedEarlyWith: 99 }, "failed", 99],
  ["a threshold ended it, and a check had failed", { checks: failed, endedEarlyWith: 99 }, "failed", 98],
  ["an error ended it", { endedEarlyWith: 1 }, "interrupted", 1],
] as const)("when %s", (_, changes, verdict, exitCode) => {
  expect(verdictOn({ ...good, ...changes } as Evidence)).toEqual({ verdict, exitCode });
});
