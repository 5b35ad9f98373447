import { describe, expect, test } from "vitest";
import type { Metric } from "../../../harness/core/metric.ts";
import type { Commit, RunResult } from "../../../harness/core/run-result.ts";
import { makeHistories } from "../../../harness/history/make-history.ts";
import { fixedRun, latencies, minute, sizes, timedRun } from "../gate/runs.ts";

const commit = (digit: string): Commit => ({
  id: digit.repeat(40),
  subject: `change ${digit}`,
  isDirty: false,
});

/** A run of the payload scenario, one a minute, with a commit. */
function run(
  at: number,
  metrics: readonly Metric[],
  changes: Partial<RunResult["environment"]> = {},
): RunResult {
  const { environment } = fixedRun([]);
  return fixedRun(metrics, {
    startedAt: minute(at),
    environment: { ...environment, commit: commit(String(at)), ...changes },
  });
}

const insert = (mode: string, size: number) => sizes("payload.insert.bytes", mode, [size]);

test("a byte more is a change, between the commits of the runs, in the order of their time", () => {
  const runs = [
    run(2, [insert("stream", 544), insert("keyed", 400)]),
    run(0, [insert("stream", 539), insert("keyed", 400)]),
    run(1, [insert("stream", 539), insert("keyed", 400)]),
  ];
  expect(makeHistories(runs)).toEqual([
    {
      scenario: "payload",
      seed: 1,
      otherwise: [],
      runs: [0, 1, 2].map((at) => ({ startedAt: minute(at), commit: commit(String(at)) })),
      metrics: [
        {
          ...{ metric: "payload.insert.bytes", mode: "keyed", reading: "size", unit: "bytes" },
          ...{ judgedBy: "bytes", values: [400, 400, 400], changedAt: [] },
        },
        {
          ...{ metric: "payload.insert.bytes", mode: "stream", reading: "size", unit: "bytes" },
          ...{ judgedBy: "bytes", values: [539, 539, 544], changedAt: [2] },
        },
      ],
      changes: [
        {
          from: 1,
          to: 2,
          alsoChanged: [],
          metrics: [
            {
              ...{ metric: "payload.insert.bytes", mode: "stream", reading: "size", unit: "bytes" },
              ...{ before: 539, after: 544, shift: expect.closeTo(0.00928, 5), direction: "worse", p: null },
            },
          ],
        },
      ],
    },
  ]);
});

test("times and memory are tested, all readings of them", () => {
  const runs = Array.from({ length: 12 }, (_, at) => {
    const p50 = (at < 6 ? 10_000 : 12_000) + 10 * (at % 3);
    return timedRun([latencies("latency.insert.frame", "stream", p50, 50_000 + at)], {
      startedAt: minute(at),
    });
  });
  const [history] = makeHistories(runs);
  expect(history?.metrics.map(({ reading, judgedBy, changedAt }) => [reading, judgedBy, changedAt])).toEqual([
    ["p50", "test", [6]],
    ["p99", "test", []],
  ]);
  expect(history?.changes).toMatchObject([
    {
      from: 5,
      to: 6,
      metrics: [
        {
          reading: "p50",
          before: expect.closeTo(10_010, 1),
          after: expect.closeTo(12_010, 1),
          direction: "worse",
          p: expect.closeTo(0, 10),
        },
      ],
    },
  ]);
});

test("less is better", () => {
  const runs = [run(0, [insert("stream", 544)]), run(1, [insert("stream", 539)])];
  expect(makeHistories(runs)[0]?.changes[0]?.metrics[0]?.direction).toBe("better");
});

test("other sizes with the same mean are neither better nor worse", () => {
  const of = (all: readonly number[]) => sizes("payload.insert.bytes", "stream", all);
  const runs = [run(0, [of([5, 7])]), run(1, [of([6, 6])])];
  expect(makeHistories(runs)[0]?.changes[0]?.metrics[0]).toMatchObject({ direction: "different", shift: 0 });
});

describe("what was run otherwise is another history:", () => {
  const metrics = [insert("stream", 539)];
  const other = fixedRun(metrics, { startedAt: minute(1), seed: 2 });

  test("with another seed, and it says so", () => {
    const histories = makeHistories([run(0, metrics), other, run(2, [insert("stream", 544)])]);
    expect(histories.map(({ runs, otherwise, changes }) => [runs.length, otherwise, changes.length])).toEqual(
      [
        [2, [], 1],
        [1, ["seed: 1 and 2"], 0],
      ],
    );
  });

  test("another scenario, in which there is nothing to say", () => {
    const histories = makeHistories([run(0, metrics), timedRun(metrics, { startedAt: minute(1) })]);
    expect(histories.map(({ scenario, otherwise }) => [scenario, otherwise])).toEqual([
      ["payload", []],
      ["mixed-day", []],
    ]);
  });

  test("but not other modes, of which runs simply have no figures", () => {
    const one = run(0, metrics);
    const two = run(1, [insert("keyed", 400)]);
    const histories = makeHistories([
      one,
      { ...two, configuration: { ...two.configuration, modes: ["keyed"] } },
    ]);
    expect(histories.map(({ metrics: all }) => all.map(({ mode, values }) => [mode, values]))).toEqual([
      [
        ["keyed", [null, 400]],
        ["stream", [539, null]],
      ],
    ]);
  });
});

describe("machines", () => {
  const slow = { cpus: 1, cpuModel: "Slow" };
  const fast = { cpus: 8, cpuModel: "Fast" };

  test("are one history for bytes, and another one each for times", () => {
    const metrics = (at: number) => [
      insert("stream", 539),
      latencies("latency.insert.frame", "stream", at, 90),
    ];
    const runs = [run(0, metrics(20), slow), run(1, metrics(10), fast), run(2, metrics(21), slow)];
    const [history] = makeHistories(runs);
    const rows = history?.metrics.map(({ reading, machine, values }) => [reading, machine, values]);
    expect(rows).toEqual([
      ["p50", "1 × Slow, linux-x64", [20, null, 21]],
      ["p99", "1 × Slow, linux-x64", [90, null, 90]],
      ["p50", "8 × Fast, linux-x64", [null, 10, null]],
      ["p99", "8 × Fast, linux-x64", [null, 90, null]],
      ["size", undefined, [539, 539, 539]],
    ]);
  });

  test("and versions that changed with a figure are said", () => {
    const runs = [
      run(0, [insert("stream", 539)], { ...slow, node: "v24.20.0" }),
      run(1, [insert("stream", 540)], { ...fast, node: "v24.21.0", chrome: "Chrome/151.0" }),
    ];
    expect(makeHistories(runs)[0]?.changes[0]?.alsoChanged).toEqual([
      "Node v24.20.0 and v24.21.0",
      "Chrome Chrome/150.0.7871.24 and Chrome/151.0",
      "machine 1 × Slow, linux-x64 and 8 × Fast, linux-x64",
    ]);
  });
});

test("a percentile of too few samples is none", () => {
  const runs = [0, 1].map((at) => run(at, [latencies("latency.insert.frame", "stream", 10, 20, 50)]));
  const [history] = makeHistories(runs);
  expect(history?.metrics.map(({ reading, values }) => [reading, values])).toEqual([
    ["p50", [10, 10]],
    ["p99", [null, null]],
  ]);
});

test("metrics that nobody wants are left out, with their changes", () => {
  const all = (size: number) => [insert("stream", size), sizes("payload.update.bytes", "stream", [size])];
  const [history] = makeHistories(
    [run(0, all(1)), run(1, all(2))],
    (metric) => metric === "payload.update.bytes",
  );
  expect(history?.metrics.map(({ metric }) => metric)).toEqual(["payload.update.bytes"]);
  expect(history?.changes.flatMap(({ metrics }) => metrics.map(({ metric }) => metric))).toEqual([
    "payload.update.bytes",
  ]);
});
