import { describe, expect, test } from "vitest";
import type { Metric } from "../../../harness/core/metric.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { noisyReadings } from "../../../harness/gate/noisy-entries.ts";
import { judgeNoisy } from "../../../harness/gate/noisy-verdict.ts";
import { latencies, minute, timedRun } from "./runs.ts";

const INSERT = "latency.insert.frame";

/** Repeats whose medians lie around one, taken in turn with those of the other side. */
function repeats(middle: number, side: 0 | 1, { count = 9, samples = 1000, p99 = middle * 4 } = {}) {
  return Array.from({ length: count }, (_, at) =>
    timedRun([latencies(INSERT, "stream", middle + (at - 4) * 10 + side, p99 + at + side / 2, samples)], {
      startedAt: minute(2 * at + side),
    }),
  );
}

function judge(before: readonly RunResult[], after: readonly RunResult[]) {
  const [one, other] = [noisyReadings(before), noisyReadings(after)];
  if (one === null || other === null) throw new Error("no noisy metric");
  return judgeNoisy(one, other);
}

const outcomes = (verdicts: ReturnType<typeof judge>) =>
  verdicts.map(({ reading, outcome }) => `${reading} ${outcome}`);

test("nine against nine that are 5 % slower are told, with the shift and how sure that is", () => {
  const [p50] = judge(repeats(10_000, 0), repeats(10_500, 1));
  expect(p50).toEqual({
    metric: INSERT,
    mode: "stream",
    reading: "p50",
    unit: "us",
    outcome: "regressed",
    why: "",
    before: 10_000,
    after: 10_501,
    shift: 0.0501,
    p: 2 / 48_620,
    adjustedP: 4 / 48_620,
  });
});

test("faster is improved, the same is unchanged", () => {
  expect(outcomes(judge(repeats(10_000, 0), repeats(9_000, 1)))[0]).toBe("p50 improved");
  expect(outcomes(judge(repeats(10_000, 0), repeats(10_000, 1)))).toEqual(["p50 unchanged", "p99 unchanged"]);
});

test("a change below the floor is none, however certain", () => {
  const [p50] = judge(repeats(10_000, 0), repeats(10_200, 1));
  expect(p50).toMatchObject({ outcome: "unchanged", p: 2 / 48_620 });
});

test("a percentile far out has a higher floor than the middle", () => {
  const judged = judge(repeats(10_000, 0, { p99: 40_000 }), repeats(10_500, 1, { p99: 42_000 }));
  expect(outcomes(judged)).toEqual(["p50 regressed", "p99 unchanged"]);
});

describe("undecided where", () => {
  test.each([
    ["there are eight repeats", { count: 8 }, "8 repeats, and it takes 9 of each"],
    ["they have too few samples", { samples: 19 }, "0 repeats with 20 samples, and it takes 9 of each"],
  ])("%s", (_, how, why) => {
    const [p50] = judge(repeats(10_000, 0), repeats(12_000, 1, how));
    expect(p50).toMatchObject({ outcome: "undecided", why, p: null });
  });

  test("they were not taken in turn", () => {
    const later = repeats(12_000, 1).map((run, at) => ({ ...run, startedAt: minute(100 + at) }));
    const why = "the baseline was not measured in turn with the run";
    expect(judge(repeats(10_000, 0), later)[0]).toMatchObject({ outcome: "undecided", why });
  });

  test("it was another machine", () => {
    const elsewhere = repeats(12_000, 1).map((run) => ({
      ...run,
      environment: { ...run.environment, cpus: 64 },
    }));
    const why = "the baseline was measured on another machine";
    expect(judge(repeats(10_000, 0), elsewhere)[0]).toMatchObject({ outcome: "undecided", why });
  });
});

test("the more is tested, the surer each has to be", () => {
  // Nine against nine with 8 of 81 pairs the other way round: p is 0.0028, enough alone and not among four.
  const metrics = (names: readonly string[], value: number): Metric[] =>
    names.map((name) => latencies(name, "stream", value, 50_000));
  const before = [10_000, 10_100, 10_200, 10_300, 10_400, 10_500, 10_600, 10_700, 10_800];
  const after = [10_050, 11_000, 11_100, 11_200, 11_300, 11_400, 11_500, 11_600, 11_700];
  const sides = (names: readonly string[]) =>
    [before, after].map((values, side) =>
      values.map((value, at) => timedRun(metrics(names, value), { startedAt: minute(2 * at + side) })),
    );
  const [one = [], other = []] = sides([INSERT]);
  const [p50] = judge(one, other);
  expect(p50?.p).toBeCloseTo(0.00279, 4);
  expect(p50?.outcome).toBe("regressed");
  const [many = [], others = []] = sides([INSERT, "latency.update.frame"]);
  expect(judge(many, others).map(({ reading, outcome }) => `${reading} ${outcome}`)).toEqual([
    "p50 unchanged",
    "p99 unchanged",
    "p50 unchanged",
    "p99 unchanged",
  ]);
});

test("what is not corrected for late starts, and memory of the harness itself, is not gated", () => {
  const memory: Metric = { name: "memory.user", unit: "bytes", kind: "gauge", values: { value: 1 } };
  const run = timedRun([latencies(`${INSERT}.uncorrected`, "stream", 1, 2), memory]);
  expect(noisyReadings([run])).toBeNull();
});

test("a metric that came or went is said", () => {
  const other = repeats(10_000, 1).map((run) => ({
    ...run,
    metrics: [latencies("latency.delete.frame", "stream", 1, 2)],
  }));
  expect(judge(repeats(10_000, 0), other).map(({ metric, outcome }) => `${metric} ${outcome}`)).toEqual([
    `${INSERT} missing`,
    `${INSERT} missing`,
    "latency.delete.frame new",
    "latency.delete.frame new",
  ]);
});

describe("processor time", () => {
  const gauge = (name: string, unit: "us" | "bytes", value: number): Metric => ({
    name,
    mode: "stream",
    unit,
    kind: "gauge",
    values: { value },
  });

  /** Repeats on a machine that is twice as slow each third time. */
  const turns = (server: number, side: 0 | 1, received: number | null = 80_000, harness = 1000) =>
    Array.from({ length: 9 }, (_, at) => {
      const slowness = at % 3 === 0 ? 2 : 1;
      const metrics = [
        gauge("cpu.server.insert", "us", (server + at) * slowness),
        gauge("cpu.harness.insert", "us", harness * slowness),
        ...(received === null ? [] : [gauge("wire.received.per_insert", "bytes", received + at)]),
      ];
      return timedRun(metrics, { startedAt: minute(2 * at + side) });
    });

  test("a change that drowns in what the machine does shows in terms of the harness's own", () => {
    const [mean, relative] = judge(turns(2000, 0), turns(2100, 1));
    expect(mean).toMatchObject({ reading: "mean", unit: "us", outcome: "unchanged" });
    expect(relative).toEqual({
      metric: "cpu.server.insert",
      mode: "stream",
      reading: "relative",
      unit: "percent",
      outcome: "regressed",
      why: "",
      before: 200.4,
      after: 210.4,
      shift: expect.closeTo(0.0499, 4),
      p: 2 / 48_620,
      adjustedP: 4 / 48_620,
    });
  });

  test.each([
    [80_700, "unchanged", ""],
    [80_900, "undecided", "the harness received 1.1 % more bytes for it, and its own time is no measure"],
    [79_000, "undecided", "the harness received 1.2 % fewer bytes for it, and its own time is no measure"],
  ])("that of the harness is a measure where it receives the same: %i bytes", (received, outcome, why) => {
    expect(judge(turns(2000, 0), turns(2000, 1, received))[1]).toMatchObject({ outcome, why });
  });

  test("without the harness's own, or what it received, there is none in terms of it", () => {
    expect(outcomes(judge(turns(2000, 0, null), turns(2000, 1)))).toEqual(["mean unchanged", "relative new"]);
    expect(outcomes(judge(turns(2000, 0), turns(2000, 1, 80_000, 0)))).toEqual([
      "mean unchanged",
      "relative missing",
    ]);
  });
});
