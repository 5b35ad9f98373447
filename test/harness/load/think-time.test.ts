import { expect, test } from "vitest";
import { thinkTimeSchema } from "../../../harness/core/behaviour.ts";
import { thinkTimes } from "../../../harness/load/think-time.ts";

const draw = (bounds: { leastMs: number; mostMs: number }, seed: number, count: number) => {
  const next = thinkTimes(bounds, seed);
  return Array.from({ length: count }, next);
};

test("times are within their bounds, with the mean and the median of the truncated exponential", () => {
  const times = draw({ leastMs: 2000, mostMs: 72_000 }, 1, 100_000).toSorted((a, b) => a - b);
  expect(times[0] ?? 0).toBeGreaterThanOrEqual(2_000_000);
  expect(times.at(-1) ?? 0).toBeLessThanOrEqual(72_000_000);
  const meanMs = times.reduce((sum, us) => sum + us, 0) / times.length / 1000;
  // 2000 + 7000 * (1 - 10 / (e^10 - 1)), and 2000 - 7000 * ln(1 - (1 - e^-10) / 2); three standard errors are 66.
  expect(Math.abs(meanMs - 8996.8)).toBeLessThan(66);
  expect(Math.abs((times[50_000] ?? 0) / 1000 - 6851.7)).toBeLessThan(70);
});

test("the same seed draws the same", () => {
  expect(draw({ leastMs: 0, mostMs: 1000 }, 3, 4)).toEqual(draw({ leastMs: 0, mostMs: 1000 }, 3, 4));
  expect(draw({ leastMs: 0, mostMs: 1000 }, 4, 4)).not.toEqual(draw({ leastMs: 0, mostMs: 1000 }, 3, 4));
});

test("bounds that are one are always that", () => {
  expect(draw({ leastMs: 250, mostMs: 250 }, 1, 3)).toEqual([250_000, 250_000, 250_000]);
});

test("bounds in the wrong order are refused", () => {
  expect(thinkTimeSchema.safeParse({ leastMs: 2, mostMs: 1 }).success).toBe(false);
  expect(thinkTimeSchema.safeParse({ leastMs: 1, mostMs: 1 }).success).toBe(true);
});
