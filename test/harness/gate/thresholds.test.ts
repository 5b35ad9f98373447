import { build, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { describe, expect, test } from "vitest";
import type { Metric } from "../../../harness/core/metric.ts";
import { parseThreshold } from "../../../harness/core/threshold.ts";
import { judgeThresholds } from "../../../harness/gate/thresholds.ts";

const exact = (mode: string, max: number): Metric => ({
  name: "payload.insert.bytes",
  mode,
  unit: "bytes",
  kind: "exact",
  values: { count: 4, min: 400, max, sum: 1640, mean: 410 },
});

const latency: Metric = {
  name: "latency.insert.frame",
  mode: "stream",
  unit: "us",
  kind: "distribution",
  values: {
    count: 100,
    min: 1000,
    mean: 20_500,
    max: 90_000,
    p50: 20_000,
    p90: 40_000,
    p99: 50_000,
    p999: 80_000,
  },
};

const memory: Metric = {
  name: "memory.server.per_connection",
  mode: "stream",
  unit: "bytes",
  kind: "slope",
  values: { perUnit: 15_000, intercept: 0, low: 14_000, high: 16_000, count: 5 },
};

const counter: Metric = {
  name: "delivery.lost",
  mode: "stream",
  unit: "count",
  kind: "counter",
  values: { value: 3, ratePerSec: 0.5 },
};

const cpu: Metric = { name: "generator.cpu", unit: "percent", kind: "gauge", values: { value: 61.5 } };

const judge = (metric: string, expression: string, metrics: Metric[], modes = ["stream"]) =>
  judgeThresholds([parseThreshold(metric, expression, "error", "test")], metrics, modes);

describe("a threshold", () => {
  test.each([
    ["payload.insert.bytes", "max<=420", exact("stream", 420), 420, true],
    ["payload.insert.bytes", "max<420", exact("stream", 420), 420, false],
    ["payload.insert.bytes", "max==420", exact("stream", 420), 420, true],
    ["payload.insert.bytes", "max===421", exact("stream", 420), 420, false],
    ["payload.insert.bytes", "max!=420", exact("stream", 420), 420, false],
    ["payload.insert.bytes", "avg<=410", exact("stream", 420), 410, true],
    ["payload.insert.bytes", "min>=400", exact("stream", 420), 400, true],
    ["payload.insert.bytes", "min>400", exact("stream", 420), 400, false],
    ["payload.insert.bytes", "count>=4", exact("stream", 420), 4, true],
    ["latency.insert.frame", "p(99)<=50", latency, 50, true],
    ["latency.insert.frame", "p(99)<50", latency, 50, false],
    ["latency.insert.frame", "p(99.9)<100", latency, 80, true],
    ["latency.insert.frame", "p(100)<100", latency, 90, true],
    ["latency.insert.frame", "med<20.1", latency, 20, true],
    ["latency.insert.frame", "avg<20.5", latency, 20.5, false],
    ["latency.insert.frame", "count==100", latency, 100, true],
    ["memory.server.per_connection", "value<16000", memory, 15_000, true],
    ["delivery.lost", "count==0", counter, 3, false],
    ["delivery.lost", "value<=3", counter, 3, true],
    ["delivery.lost", "rate<1", counter, 0.5, true],
    ["generator.cpu", "value<60", cpu, 61.5, false],
  ])("%s: %s is judged", (metric, expression, sample, actual, passed) => {
    expect(judge(metric, expression, [sample])).toMatchObject([{ name: metric, expression, actual, passed }]);
  });

  test("carries all that a report needs", () => {
    expect(judge("latency.insert.frame", "p(99)<50", [latency])).toEqual([
      {
        name: "latency.insert.frame",
        mode: "stream",
        expression: "p(99)<50",
        operator: "<",
        expected: 50,
        actual: 50,
        unit: "ms",
        level: "error",
        passed: false,
      },
    ]);
  });

  test("without a sample fails, whatever it asks for", () => {
    expect(judge("payload.insert.bytes", "max>=0", [])).toEqual([
      {
        name: "payload.insert.bytes",
        mode: "stream",
        expression: "max>=0",
        operator: ">=",
        expected: 0,
        actual: null,
        unit: null,
        level: "error",
        passed: false,
        explanation: "no sample was taken",
      },
    ]);
  });

  test.each([
    [
      "payload.insert.bytes",
      "p(99)<1",
      exact("stream", 1),
      "a metric of kind exact has min, max, avg and count only",
    ],
    [
      "latency.insert.frame",
      "rate<1",
      latency,
      "a metric of kind distribution has min, max, avg, med, p(N) and count only",
    ],
    ["latency.insert.frame", "p(95)<1", latency, "p(95) needs the histogram, which was not kept"],
    ["delivery.lost", "max<1", counter, "a metric of kind counter has count, value and rate only"],
    [
      "delivery.lost",
      "rate<1",
      { ...counter, values: { value: 0 } },
      "the time in which it was counted is not known",
    ],
    ["generator.cpu", "max<1", cpu, "a metric of kind gauge has value only"],
    [
      "memory.server.per_connection",
      "max<1",
      memory,
      "a metric of kind slope has value, what one more costs, only",
    ],
  ] as const)("%s: %s has no value, fails, and says why", (metric, expression, sample, explanation) => {
    expect(judge(metric, expression, [sample])).toMatchObject([{ actual: null, passed: false, explanation }]);
  });

  test("reads any percentile from the histogram", () => {
    const histogram = build();
    for (let ms = 1; ms <= 100; ms += 1) histogram.recordValue(ms);
    const metric = { ...latency, unit: "count" as const, histogram: encodeIntoCompressedBase64(histogram) };
    expect(
      judge("latency.insert.frame", "p(95)<=1000", [{ ...metric, values: { ...metric.values, min: 1 } }]),
    ).toMatchObject([{ actual: 95, passed: true }]);
  });

  test("that names no mode holds for each mode of the run, also for one without a sample", () => {
    const verdicts = judge(
      "payload.insert.bytes",
      "max<=420",
      [exact("stream", 420)],
      ["stream", "stateful"],
    );
    expect(verdicts.map(({ mode, passed }) => [mode, passed])).toEqual([
      ["stream", true],
      ["stateful", false],
    ]);
  });

  test("that names a mode holds for that one", () => {
    const metrics = [exact("stream", 420), exact("stateful", 9000)];
    expect(
      judge("payload.insert.bytes{mode:stateful}", "max<=420", metrics, ["stream", "stateful"]),
    ).toMatchObject([{ mode: "stateful", actual: 9000, passed: false }]);
  });

  test("on a metric of the whole run is judged once", () => {
    const verdicts = judge("generator.cpu", "value<90", [cpu], ["stream", "stateful"]);
    expect(verdicts.map(({ mode, passed }) => [mode, passed])).toEqual([[undefined, true]]);
  });
});
