import { describe, expect, test } from "vitest";
import {
  type Executor,
  executorDurationMs,
  executorSchema,
  mostUsers,
  startsOf,
} from "../../../harness/core/executor.ts";
import { schemaProblems } from "../../../harness/core/schema-problems.ts";

const problemsOf = (executor: unknown) => {
  const parsed = executorSchema.safeParse(executor);
  return parsed.success ? [] : schemaProblems(parsed.error);
};

const constant = (ratePerSec: number, durationMs: number) =>
  ({ kind: "constant-arrival-rate", ratePerSec, durationMs }) as const;
const ramping = (startRatePerSec: number, ...stages: (readonly [number, number])[]) =>
  ({
    kind: "ramping-arrival-rate" as const,
    startRatePerSec,
    stages: stages.map(([durationMs, ratePerSec]) => ({ durationMs, ratePerSec })),
  }) as const;

describe("an executor lasts", () => {
  test.each<[Executor, number]>([
    [{ kind: "constant-users", users: 3, durationMs: 10_000 }, 10_000],
    [
      {
        kind: "ramping-users",
        startUsers: 0,
        stages: [
          { durationMs: 1000, users: 5 },
          { durationMs: 0, users: 2 },
          { durationMs: 500, users: 2 },
        ],
      },
      1500,
    ],
    [constant(2, 4000), 4000],
    [ramping(0, [1000, 5], [2000, 0]), 3000],
    [{ kind: "sessions", arrivals: constant(2, 7000), actions: { least: 1, most: 4 } }, 7000],
  ])("%j: %d ms, and is valid", (executor, durationMs) => {
    expect(executorDurationMs(executor)).toBe(durationMs);
    expect(problemsOf(executor)).toEqual([]);
  });
});

test.each([
  [constant(10, 1000), 10],
  [constant(10, 1050), 11],
  [constant(0.1, 1000), 1],
  [constant(1.1, 10_000), 11],
  [constant(0.7, 10_000), 7],
  [ramping(0, [1000, 10]), 5],
  [ramping(10, [1000, 0]), 5],
  [ramping(0, [1000, 3]), 2],
  [ramping(0, [0, 10], [1000, 10]), 10],
  [ramping(0, [1000, 10], [5000, 0], [1000, 0], [1000, 4]), 32],
])("%j has %d starts", (rate, starts) => {
  expect(startsOf(rate)).toBe(starts);
});

test("the most users of a ramp may be those at its start", () => {
  const stages = [{ durationMs: 1000, users: 4 }];
  expect(mostUsers({ kind: "ramping-users", startUsers: 9, stages })).toBe(9);
  expect(mostUsers({ kind: "ramping-users", startUsers: 3, stages })).toBe(4);
});

describe("refused, with all that is wrong:", () => {
  test.each([
    [
      { kind: "constant-users", users: 0, durationMs: 0.5, gracefulStopMs: -1 },
      [
        "users: Too small: expected number to be >0",
        "durationMs: Invalid input: expected int, received number",
        "gracefulStopMs: Too small: expected number to be >=0",
      ],
    ],
    [{ kind: "ramping-users", startUsers: 1, stages: [{ durationMs: 0, users: 5 }] }, ["stages: must last"]],
    [
      { kind: "ramping-users", startUsers: 0, stages: [{ durationMs: 10, users: 0 }] },
      ["nobody would ever act"],
    ],
    [ramping(0, [1000, 0]), ["nothing would ever start"]],
    [
      { kind: "sessions", arrivals: constant(0, 7000), actions: { least: 5, most: 4 } },
      [
        "arrivals.ratePerSec: Too small: expected number to be >0",
        "arrivals: nothing would ever start",
        "actions: least must not be above most",
      ],
    ],
  ])("%j", (executor, problems) => {
    expect(problemsOf(executor)).toEqual(problems);
  });
});
