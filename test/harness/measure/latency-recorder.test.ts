import fc from "fast-check";
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { LatencyRecorder } from "../../../harness/measure/latency-recorder.ts";

function recorderOf(samples: readonly number[]): LatencyRecorder {
  const recorder = new LatencyRecorder();
  for (const sample of samples) recorder.record(micros(sample));
  return recorder;
}

const thousand = Array.from({ length: 1000 }, (_, index) => index + 1);

describe("a latency recorder", () => {
  test("sums up samples in microseconds", () => {
    expect(
      recorderOf(thousand).metric("latency.insert.frame", { mode: "stream", operation: "insert" }),
    ).toEqual({
      name: "latency.insert.frame",
      mode: "stream",
      operation: "insert",
      unit: "us",
      kind: "distribution",
      values: { count: 1000, min: 1, mean: 500.5, max: 1000, p50: 500, p90: 900, p99: 990, p999: 999 },
      histogram: expect.any(String),
    });
  });

  test("without a sample is no metric", () => {
    expect(new LatencyRecorder().metric("latency.insert.frame")).toBe(undefined);
  });

  test("merges by adding: percentiles are those of all samples, not their average", () => {
    const fast = recorderOf(Array.from({ length: 990 }, () => 100));
    fast.add(recorderOf(Array.from({ length: 10 }, () => 5000)));
    expect(fast.metric("x")?.values).toEqual({
      count: 1000,
      min: 100,
      mean: 149,
      max: 5000,
      p50: 100,
      p90: 100,
      p99: 100,
      p999: 5000,
    });
  });

  test("records what is out of range as the nearest bound, and counts it", () => {
    const metric = recorderOf([-3, 10, 60_000_000, 60_000_001, 90_000_000]).metric("x");
    expect(metric?.clamped).toBe(3);
    expect(metric?.values).toMatchObject({ count: 5, min: 0, max: 60_000_000, p50: 60_000_000 });
  });

  test("never reports a percentile beyond its largest sample, though buckets are wider", () => {
    expect(recorderOf([1_000_001]).metric("x")?.values).toMatchObject({ p50: 1_000_001, p999: 1_000_001 });
  });

  test("rounds fractions, which the histogram would truncate", () => {
    expect(recorderOf([]).metric("x")).toBe(undefined);
    const recorder = new LatencyRecorder();
    recorder.record(micros(1.6));
    expect(recorder.metric("x")?.values.max).toBe(2);
  });

  test("carries the histogram, from which other percentiles can be read", () => {
    const histogram = decodeFromCompressedBase64(recorderOf(thousand).metric("x")?.histogram ?? "");
    expect([histogram.totalCount, histogram.getValueAtPercentile(95)]).toEqual([1000, 950]);
  });
});

test("the parts of several processes, added in any order, are what one recorder would have recorded", () => {
  const samples = fc.array(
    fc.oneof(fc.integer({ min: -5, max: 100 }), fc.integer({ min: 0, max: 61_000_000 })),
  );
  fc.assert(
    fc.property(
      fc.array(samples, { minLength: 3, maxLength: 3 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      (parts, order) => {
        const merged = new LatencyRecorder();
        for (const part of order)
          merged.addTransfer(structuredClone(recorderOf(parts[part] ?? []).toTransfer()));
        const { histogram: mergedHistogram, ...mergedMetric } = merged.metric("x") ?? {};
        const { histogram, ...metric } = recorderOf(parts.flat()).metric("x") ?? {};
        expect(mergedMetric).toEqual(metric);
        const counts = (of = "") =>
          of === "" ? "" : decodeFromCompressedBase64(of).outputPercentileDistribution();
        expect(counts(mergedHistogram)).toBe(counts(histogram));
      },
    ),
    { numRuns: 40 },
  );
});

test("the histogram is the one that each sample would have been recorded in by itself", () => {
  const edges = [
    0,
    1,
    1023,
    1024,
    2047,
    2048,
    2049,
    4095,
    4096,
    2 ** 25 - 1,
    2 ** 25,
    59_999_999,
    60_000_000,
  ];
  const sample = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 60_000_000 }));
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), fc.array(sample), (samples, later) => {
      const recorder = recorderOf(samples);
      recorder.toTransfer();
      for (const one of later) recorder.record(micros(one));
      const histogram = build({ highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });
      for (const one of [...samples, ...later]) histogram.recordValue(one);
      const distributions = [recorder.toTransfer().histogram, encodeIntoCompressedBase64(histogram)].map(
        (text) => decodeFromCompressedBase64(text).outputPercentileDistribution(),
      );
      expect(distributions[0]).toBe(distributions[1]);
    }),
    { numRuns: 60 },
  );
});
