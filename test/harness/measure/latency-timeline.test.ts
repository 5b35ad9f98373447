import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { LatencyTimeline } from "../../../harness/measure/latency-timeline.ts";

/** A whole number of intervals of any length that is reached here. */
const START_MS = 1_767_322_880_000;
const dueAt = (afterMs: number) => micros((START_MS + afterMs) * 1000);

const timelineOf = (samples: readonly (readonly [afterMs: number, latencyUs: number])[]) => {
  const timeline = new LatencyTimeline();
  for (const [afterMs, latencyUs] of samples) timeline.record(latencyUs, dueAt(afterMs));
  return timeline;
};

describe("latencies over time", () => {
  test("are told by the second in which they were due", () => {
    const timeline = timelineOf([
      [2500, 40],
      [200, 10],
      [999, 30],
      [0, 20],
    ]);
    expect(timeline.overTime()).toEqual({
      beganAtMs: START_MS,
      intervalMs: 1000,
      points: [
        { atMs: 0, count: 3, p50: 20, p99: 30, max: 30 },
        { atMs: 2000, count: 1, p50: 40, p99: 40, max: 40 },
      ],
    });
  });

  test("have percentiles within 3.2 % above the sample, and the exact maximum", () => {
    const samples = Array.from({ length: 1000 }, (_, index) => [index % 1000, (index + 1) * 1000] as const);
    const [point] = timelineOf(samples).overTime().points;
    expect(point).toEqual({ atMs: 0, count: 1000, p50: 507_903, p99: 999_423, max: 1_000_000 });
  });

  test("beyond two minutes are told by longer intervals, of which none is lost", () => {
    const samples = Array.from({ length: 1000 }, (_, second) => [second * 1000, second + 1] as const);
    const { beganAtMs, intervalMs, points } = timelineOf(samples).overTime();
    expect({ beganAtMs, intervalMs, count: points.length }).toEqual({
      beganAtMs: START_MS,
      intervalMs: 16_000,
      count: 63,
    });
    expect(points[0]).toEqual({ atMs: 0, count: 16, p50: 8, p99: 16, max: 16 });
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(points.at(-1)).toMatchObject({ atMs: 992_000, count: 8, max: 1000 });
  });

  test.each(["the shorter into the longer", "the longer into the shorter"])(
    "of two processes are those of one, %s",
    (order) => {
      const short = Array.from({ length: 300 }, (_, at) => [at * 100, 5 + at * 37] as const);
      const long = Array.from({ length: 300 }, (_, at) => [at * 1000, 9 + at * 91] as const);
      const [into, from] = order.startsWith("the shorter") ? [long, short] : [short, long];
      const merged = timelineOf(into);
      merged.addTransfer(structuredClone(timelineOf(from).toTransfer()));
      expect(merged.overTime()).toEqual(timelineOf([...long, ...short]).overTime());
    },
  );
});
