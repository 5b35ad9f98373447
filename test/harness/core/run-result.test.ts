import { describe, expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { parseRunResult, type RunResult, serializeRunResult } from "../../../harness/core/run-result.ts";

const result: RunResult = {
  schemaVersion: 3,
  scenario: "small",
  verdict: "passed",
  exitCode: 0,
  seed: 1,
  startedAt: "2026-01-02T03:04:05.678Z",
  durationMs: 1234,
  environment: {
    node: "24.21.0",
    platform: "linux-x64",
    cpus: 2,
    memoryBytes: 8_000_000_000,
    benchVersion: "0.1.0",
  },
  configuration: {
    template: "the room page of the reference server",
    modes: ["stream"],
    users: 2,
    browsers: 0,
    messagesInRoom: 40,
    pageSize: 10,
    steps: [{ kind: "scrollback", pages: 1 }],
  },
  checks: {
    made: 3,
    failed: 0,
    kinds: {
      "user-vs-oracle": {
        made: 2,
        failed: 0,
        modes: { stateful: { made: 1, failed: 0 }, stream: { made: 1, failed: 0 } },
      },
      delivery: { made: 1, failed: 0, modes: { stream: { made: 1, failed: 0 } } },
    },
    failures: [],
  },
  metrics: [
    {
      name: "payload.insert.bytes",
      mode: "stream",
      operation: "insert",
      unit: "bytes",
      kind: "exact",
      values: { count: 2, min: 910, max: 911, sum: 1821, mean: 910.5 },
      sizes: [
        { value: 910, count: 1 },
        { value: 911, count: 1 },
      ],
    },
  ],
  thresholds: [],
  generator: {
    processes: [
      {
        loopDelayUs: { samples: 300, mean: 10, p99: 20, max: 30 },
        cpuPercent: 12.5,
        gcPercent: 0.5,
        longestGcUs: 900,
        madeStarts: 2,
        droppedStarts: 0,
        lateStarts: 1,
        maxLateUs: 60_000,
      },
    ],
    believable: true,
    reasons: [],
  },
};

test("what is written is read back the same", () => {
  expect(parseRunResult(serializeRunResult(result), "result.json")).toEqual(result);
});

test("the text does not depend on the order in which keys were set", () => {
  const { scenario, checks, ...rest } = result;
  const { "user-vs-oracle": users, delivery } = checks.kinds;
  const modes = { stream: { failed: 0, made: 1 }, stateful: { failed: 0, made: 1 } };
  const shuffled = {
    ...rest,
    checks: { ...checks, kinds: { delivery, "user-vs-oracle": { ...users, modes } } },
    scenario,
  } as RunResult;
  expect(serializeRunResult(shuffled)).toBe(serializeRunResult(result));
});

test("a key from elsewhere is dropped on reading", () => {
  expect(parseRunResult(JSON.stringify({ ...result, colour: "red" }), "result.json")).toEqual(result);
});

describe("a file that is no run result is refused in one line, with exit code 104", () => {
  test.each([
    ["not JSON", "<html>", "it is not JSON. Give it a file that `bench run` wrote."],
    ["no object", "[1]", "it has no schemaVersion. Give it a file that `bench run` wrote."],
    ["no version", '{"name":"x"}', "it has no schemaVersion. Give it a file that `bench run` wrote."],
    [
      "a newer version",
      JSON.stringify({ ...result, schemaVersion: 4, verdict: "splendid" }),
      "its schemaVersion is 4 and this bench reads 3. Use a newer bench.",
    ],
    [
      "an older version",
      JSON.stringify({ ...result, schemaVersion: 2, generator: {} }),
      "its schemaVersion is 2 and this bench reads 3. Run the scenario again.",
    ],
    [
      "one wrong value",
      JSON.stringify({ ...result, seed: "x" }),
      "seed: Invalid input: expected number, received string",
    ],
    [
      "several wrong values",
      JSON.stringify({ ...result, seed: "x", durationMs: -1, metrics: 1 }),
      "seed: Invalid input: expected number, received string (and 2 more)",
    ],
  ])("%s", (_, json, why) => {
    let thrown: unknown;
    try {
      parseRunResult(json, "some/file.json");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    expect(thrown).toMatchObject({ code: "not-a-run-result", exitCode: 104 });
    expect((thrown as Error).message).toBe(`some/file.json is not a run result: ${why}`);
  });
});
