import { expect, test } from "vitest";
import type { Failure } from "../../../harness/core/checks.ts";
import type { Catch, FaultCase } from "../../../harness/core/fault-case.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { alarmsIn, judge } from "../../../harness/self-test/judge.ts";
import { passedResult } from "../../reports/sample-result.ts";

const one = (by: Catch): FaultCase => ({
  fault: "drop-delete",
  scenario: "deletes",
  mode: "stream",
  options: [],
  by,
});

const failure: Failure = {
  kind: "delivery",
  mode: "stream",
  step: "1 insert",
  who: "ada",
  expected: "once",
  actual: "never",
  afterMessages: 4,
  message: "ada: insert 3 arrived never, expected once",
};

const healthy: RunResult = {
  ...passedResult,
  checks: { made: 5, failed: 0, kinds: { delivery: { made: 5, failed: 0, modes: {} } }, failures: [] },
  metrics: [
    {
      name: "payload.insert.bytes",
      mode: "stream",
      unit: "bytes",
      kind: "exact",
      values: { count: 2, min: 9, max: 9, sum: 18, mean: 9 },
    },
    {
      name: "payload.insert.bytes",
      mode: "keyed",
      unit: "bytes",
      kind: "exact",
      values: { count: 2, min: 1, max: 1, sum: 2, mean: 1 },
    },
  ],
};
const incorrect: RunResult = {
  ...healthy,
  checks: { made: 5, failed: 1, kinds: { delivery: { made: 5, failed: 1, modes: {} } }, failures: [failure] },
};
const fatter: RunResult = {
  ...healthy,
  metrics: healthy.metrics.map((metric) =>
    metric.mode === "stream"
      ? { ...metric, values: { count: 2, min: 14, max: 14, sum: 28, mean: 14 } }
      : metric,
  ) as RunResult["metrics"],
};

test("a fault is caught by the check that has to fail, with what that says", () => {
  expect(judge(one({ kind: "check", check: "delivery" }), incorrect, healthy)).toMatchObject({
    outcome: "caught",
    by: "delivery",
    said: failure.message,
    afterMessages: 4,
  });
});

test("it is missed where nothing fails, and caught elsewhere where something else does", () => {
  const by: Catch = { kind: "check", check: "user-vs-oracle" };
  expect(judge(one(by), healthy, healthy)).toMatchObject({
    outcome: "missed",
    by: "user-vs-oracle",
    said: "",
  });
  expect(judge(one(by), incorrect, healthy)).toMatchObject({ outcome: "elsewhere", by: "delivery" });
});

test.each([
  ["within what it has to move by", [5, 5], "caught", "payload.insert.bytes min +5"],
  ["less than that", [6, 9], "missed", "payload.insert.bytes min +5"],
  ["more than that", [1, 4], "missed", "payload.insert.bytes min +5"],
] as const)("a figure of the mode that is looked at moves %s", (_, moves, outcome, by) => {
  const metric = "payload.insert.bytes";
  const verdict = judge(one({ kind: "metric", metric, reading: "min", moves }), fatter, healthy);
  expect(verdict).toMatchObject({ outcome, by });
});

test("a figure without a sample is missed, but for a count, which is 0 then", () => {
  const metric = "payload.reset.bytes";
  expect(
    judge(one({ kind: "metric", metric, reading: "min", moves: [0, 1] }), fatter, healthy),
  ).toMatchObject({
    outcome: "missed",
    by: "payload.reset.bytes without a sample",
  });
  expect(
    judge(one({ kind: "metric", metric, reading: "count", moves: [0, 0] }), fatter, healthy).outcome,
  ).toBe("caught");
});

const broken = {
  ...passedResult.thresholds[0],
  name: "delivery.lost",
  passed: false,
} as RunResult["thresholds"][number];

test("a run against a server without faults raises an alarm for each failure and each broken threshold", () => {
  expect(alarmsIn(healthy)).toEqual([]);
  expect(alarmsIn({ ...incorrect, thresholds: [{ ...broken, expression: "value==0", actual: 2 }] })).toEqual([
    "delivery: ada: insert 3 arrived never, expected once",
    "delivery.lost is 2, not value==0",
  ]);
});

test("a figure of a run that is void is no alarm, but one without a sample is, and so is a failure", () => {
  const tired = { ...healthy.generator, believable: false };
  const thresholds = [
    { ...broken, expression: "value==0", actual: 2 },
    { ...broken, name: "x", expression: "value==0", actual: null },
  ];
  expect(alarmsIn({ ...incorrect, generator: tired, thresholds })).toEqual([
    "delivery: ada: insert 3 arrived never, expected once",
    "x is without a sample, not value==0",
  ]);
});
