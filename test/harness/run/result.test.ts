import { describe, expect, test } from "vitest";
import { runResultSchema } from "../../../harness/core/run-result.ts";
import { parseThreshold } from "../../../harness/core/threshold.ts";
import { bytes } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { makeResult, type ResultSources } from "../../../harness/run/result.ts";
import { smallScenario } from "../crowd/small-scenario.ts";

const environment = {
  node: "v24.0.0",
  platform: "linux-x64",
  cpus: 2,
  memoryBytes: 8_000_000_000,
  benchVersion: "0.1.0",
};
const process = {
  loopDelayUs: null,
  cpuPercent: 12.5,
  gcPercent: 1.5,
  longestGcUs: 900,
  madeStarts: 30,
  droppedStarts: 0,
  lateStarts: 1,
  maxLateUs: 60_000,
};
const health = [process];
const overloaded = [{ ...process, cpuPercent: 99 }];
const threshold = (expression: string, level: "error" | "warn" = "error") =>
  parseThreshold("payload.insert.bytes", expression, level, "a test");

/** A run in which all went well. */
function sources(changes: Partial<ResultSources> = {}): ResultSources {
  const recorder = new RunRecorder();
  recorder.checks.pass("user-vs-oracle", "stream", 10);
  recorder.bytes.record("stream", "insert", bytes(400));
  return {
    plan: {
      scenario: { ...smallScenario, modes: ["stream"] },
      modes: ["stream"],
      thresholds: [],
      limitPerSec: null,
      workers: 1,
      target: null,
    },
    recorder,
    health,
    losses: [],
    clockBoundsUs: [],
    environment,
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 1234,
    ...changes,
  };
}

const plan = sources().plan;
const wrong = new RunRecorder();
wrong.checks.fail({
  kind: "user-vs-oracle",
  mode: "stream",
  step: "mount",
  who: "user-0001",
  expected: "messages-1",
  actual: "nothing",
  message: "messages-1 is missing",
});

describe("the verdict on a run", () => {
  test.each<[string, Partial<ResultSources>, string, number]>([
    ["with nothing wrong is that it passed", {}, "passed", 0],
    ["with a failed check is that it failed", { recorder: wrong }, "failed", 98],
    ["without a check is that it failed", { recorder: new RunRecorder() }, "failed", 98],
    [
      "with a crossed threshold is that it failed",
      { plan: { ...plan, thresholds: [threshold("max<=399")] } },
      "failed",
      99,
    ],
    [
      "with a threshold that holds is that it passed",
      { plan: { ...plan, thresholds: [threshold("max<=400")] } },
      "passed",
      0,
    ],
    [
      "with a warning is that it passed",
      { plan: { ...plan, thresholds: [threshold("max<=399", "warn")] } },
      "passed",
      0,
    ],
    ["whose generator was the bottleneck is that it is void", { health: overloaded }, "void", 97],
    ["that lost a generator process is that it is void", { losses: ["process 2 ended"] }, "void", 97],
    ["that is wrong and overloaded is that it failed", { recorder: wrong, health: overloaded }, "failed", 98],
    [
      "that was interrupted is no other",
      { recorder: wrong, endedEarly: { by: "interrupted by SIGINT", exitCode: 105 } },
      "interrupted",
      105,
    ],
    [
      "whose server died carries that exit code",
      { endedEarly: { by: "the server died", exitCode: 1 } },
      "interrupted",
      1,
    ],
  ])("%s", (_, changes, verdict, exitCode) => {
    expect(makeResult(sources(changes))).toMatchObject({ verdict, exitCode });
  });
});

test("a result says what was run, where, and what came of it, as the schema has it", () => {
  const result = makeResult(sources());
  expect(result).toEqual({
    schemaVersion: 3,
    scenario: "small",
    verdict: "passed",
    exitCode: 0,
    seed: 1,
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 1234,
    environment,
    configuration: {
      template: "a page",
      modes: ["stream"],
      users: 10,
      browsers: 1,
      messagesInRoom: 40,
      pageSize: 3,
      steps: [
        { kind: "insert", ratePerSec: 10, durationMs: 300 },
        { kind: "scrollback", pages: 2 },
      ],
    },
    checks: {
      made: 10,
      failed: 0,
      kinds: { "user-vs-oracle": { made: 10, failed: 0, modes: { stream: { made: 10, failed: 0 } } } },
      failures: [],
    },
    metrics: [
      {
        name: "payload.insert.bytes",
        mode: "stream",
        operation: "insert",
        unit: "bytes",
        kind: "exact",
        values: { count: 1, min: 400, max: 400, sum: 400, mean: 400 },
        sizes: [{ value: 400, count: 1 }],
      },
      { name: "dom.mismatches", mode: "stream", unit: "count", kind: "counter", values: { value: 0 } },
      { name: "generator.cpu", unit: "percent", kind: "gauge", values: { value: 12.5 } },
      { name: "generator.gc", unit: "percent", kind: "gauge", values: { value: 1.5 } },
      { name: "generator.dropped_starts", unit: "count", kind: "counter", values: { value: 0 } },
      { name: "generator.late_starts", unit: "count", kind: "counter", values: { value: 1 } },
    ],
    thresholds: [],
    generator: { processes: health, believable: true, reasons: [] },
  });
  expect(runResultSchema.parse(result)).toEqual(result);
});

test("a target and an early end are named where there are any", () => {
  const target = {
    origin: "http://chat.test:4000",
    config: null,
    database: "/srv/chat.db",
    sessions: null,
    serverPid: null,
    choosesModes: false,
  };
  const endedEarly = { by: "interrupted by SIGINT", exitCode: 105 } as const;
  const result = makeResult(sources({ plan: { ...plan, target }, endedEarly }));
  expect(result.configuration.target).toBe("http://chat.test:4000");
  expect(result.endedBy).toBe("interrupted by SIGINT");
});

test("thresholds are judged on the harness's own figures as well", () => {
  const thresholds = [parseThreshold("generator.cpu", "value<12", "error", "a test")];
  const result = makeResult(sources({ plan: { ...plan, thresholds } }));
  expect(result.thresholds).toMatchObject([{ name: "generator.cpu", actual: 12.5, passed: false }]);
});

test("what was lost with a generator process comes before what its health says against a run", () => {
  const { generator } = makeResult(sources({ losses: ["process 2 ended"], health: overloaded }));
  expect(generator.believable).toBe(false);
  expect(generator.reasons).toHaveLength(2);
  expect(generator.reasons[0]).toBe("process 2 ended");
});
