import { expect, test } from "vitest";
import { growthOf, type MemoryReading, serverGrowthMetric } from "../../../harness/measure/growth.ts";

const MEGABYTE = 1_000_000;
/** What looks random and is not: between -1 and 1, with a standard deviation of about 0.6. */
const noise = (index: number) => ((index * 7919) % 101) / 50 - 1;

/** An hour of readings, one a minute, of 100 MB and what is added. */
const hour = (added: (minute: number) => number): MemoryReading[] =>
  Array.from({ length: 61 }, (_, minute) => ({
    atMs: 5_000_000 + minute * 60_000,
    bytes: 100 * MEGABYTE + added(minute) * MEGABYTE,
  }));

test.each<[string, MemoryReading[], string]>([
  ["that grow evenly leak", hour((minute) => minute / 6), "leaks"],
  ["that grow through noise leak", hour((minute) => minute / 6 + noise(minute)), "leaks"],
  ["that are steady do not grow", hour(() => 0), "does not grow"],
  ["that are noisy and steady do not grow", hour((minute) => 5 * noise(minute)), "does not grow"],
  ["that fall do not grow", hour((minute) => -minute / 6), "does not grow"],
  ["that grow while warming up do not grow", hour((minute) => Math.min(minute, 15)), "does not grow"],
  ["that grow by less than 1 % do not grow", hour((minute) => minute / 90), "does not grow"],
  [
    "whose growth is no larger than their noise cannot be told",
    hour((minute) => minute / 8 + 7 * noise(minute)),
    "cannot be told",
  ],
  ["that are too few cannot be told", hour((minute) => minute).slice(0, 9), "cannot be told"],
  ["that are none cannot be told", [], "cannot be told"],
])("readings %s", (_, readings, verdict) => {
  expect(growthOf(readings).verdict).toBe(verdict);
});

test("the growth is said per hour, and in a sentence over the time without the warm-up", () => {
  const { reason, perHour } = growthOf(hour((minute) => minute / 6));
  expect(perHour?.perUnit).toBeCloseTo(10 * MEGABYTE, 0);
  expect(perHour?.count).toBe(46);
  expect(reason).toBe("It grew by 7.50 MB (95 %: 7.50 MB to 7.50 MB) within 45 min, more than 1.06 MB.");
});

test("too few readings have no slope", () => {
  expect(growthOf(hour(() => 0).slice(0, 9))).toEqual({
    verdict: "cannot be told",
    reason: "7 readings after the warm-up are too few: it takes 8.",
    perHour: null,
  });
});

test("as a metric it is a slope of the server's memory, where there is one", () => {
  const growth = growthOf(hour((minute) => minute / 6));
  expect(serverGrowthMetric(growth, { mode: "stream" })).toEqual({
    name: "memory.server.growth_per_hour",
    mode: "stream",
    unit: "bytes",
    kind: "slope",
    values: growth.perHour,
  });
  expect(serverGrowthMetric(growthOf([]))).toBe(undefined);
});
