import { describe, expect, test } from "vitest";
import { shiftInterval } from "../../../harness/compare/shift-interval.ts";
import { seeded } from "../seeded.ts";

/** Two samples whose differences are the whole numbers from 1 on, each once, so that a bound is its own place. */
function counting(n: number, m: number) {
  const first = Array.from({ length: n }, (_, at) => -at * m);
  const second = Array.from({ length: m }, (_, at) => at + 1);
  return shiftInterval(first, second);
}

describe("the bounds lie one beyond the critical value of U, two-sided at 5 %,", () => {
  // The critical values are those of Mann and Whitney's table, as textbooks have it.
  test.each([
    [4, 4, 0],
    [5, 5, 2],
    [6, 6, 5],
    [7, 7, 8],
    [8, 8, 13],
    [9, 9, 17],
    [10, 10, 23],
    [5, 10, 8],
    [15, 15, 64],
    [20, 20, 127],
  ])("for %i and %i values, where that is %i", (n, m, critical) => {
    expect(counting(n, m)).toEqual({
      estimate: (n * m + 1) / 2,
      bounds: [critical + 1, n * m - critical],
    });
  });
});

test("three of each are too few for an interval", () => {
  expect(counting(3, 3)).toEqual({ estimate: 5, bounds: null });
  expect(counting(1, 1)).toEqual({ estimate: 1, bounds: null });
});

test("beyond 25 values the approximation is as wide as the count, within one place", () => {
  // By the recurrence 25 of each have 212 as their place, by the approximation 211.
  expect(counting(25, 25).bounds).toEqual([212, 414]);
  expect(counting(26, 26).bounds).toEqual([230, 447]);
});

test("it is what R and scipy say of a known example", () => {
  // Permeability of human placental membrane: Hollander and Wolfe (1999), "Nonparametric statistical methods", table 4.1.
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  const { estimate, bounds } = shiftInterval(early, term);
  expect([estimate, ...(bounds ?? [])].map((value) => Number(value.toFixed(10)))).toEqual([
    0.305, -0.15, 0.76,
  ]);
});

test("an outlier moves the estimate by nothing, and a bound by a place", () => {
  const quiet = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const late = quiet.map((value) => value + 10);
  const wild = [...late.slice(0, 8), 19_000];
  expect(shiftInterval(quiet, late)).toEqual({ estimate: 10, bounds: [7, 13] });
  expect(shiftInterval(quiet, wild)).toEqual({ estimate: 10, bounds: [7, 14] });
});

test("of a thousand pairs of nine that differ by 5 so many intervals hold 5, and so few leave out 0 where nothing differs", () => {
  const random = seeded(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sample = (middle: number) => Array.from({ length: 9 }, () => middle + 3 * normal());
  const counts = { held: 0, falseAlarms: 0 };
  for (let tries = 0; tries < 1000; tries++) {
    const [low, high] = shiftInterval(sample(100), sample(105)).bounds ?? [Number.NaN, Number.NaN];
    if (low <= 5 && 5 <= high) counts.held += 1;
    const [from, to] = shiftInterval(sample(100), sample(100)).bounds ?? [Number.NaN, Number.NaN];
    if (from > 0 || to < 0) counts.falseAlarms += 1;
  }
  // 96.0 % is how sure this interval is: the next narrower one is below 95 %.
  expect(counts).toEqual({ held: 966, falseAlarms: 38 });
});
