import { expect, test } from "vitest";
import { mannWhitney } from "../../../harness/gate/mann-whitney.ts";

/** Of R's own data set `airquality`: ozone in May and in August, missing days left out. */
const MAY = [
  41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37,
];
const AUGUST = [
  39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
];

test("p is what the documentation of scipy.stats.mannwhitneyu has", () => {
  expect(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12])).toEqual({
    u: 17,
    p: expect.closeTo(0.1111111111, 9),
    method: "exact",
  });
});

test("p is what R's help of wilcox.test has for samples without ties, of Hollander and Wolfe", () => {
  const x = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const y = [1.15, 0.88, 0.9, 0.74, 1.21];
  // There it is one-sided: 0.1272.
  expect(mannWhitney(x, y)).toEqual({ u: 35, p: expect.closeTo(2 * 0.1272, 3), method: "exact" });
});

test("p is what R's help of wilcox.test has where there are ties", () => {
  expect(mannWhitney(MAY, AUGUST)).toEqual({
    u: 127.5,
    p: expect.closeTo(0.0001208, 7),
    method: "normal",
  });
});

/** The largest U at which a two-sided test rejects: the table of critical values in every textbook. */
test.each([
  [5, 5, 0.05, 2],
  [8, 8, 0.05, 13],
  [9, 9, 0.05, 17],
  [9, 9, 0.01, 11],
  [10, 10, 0.05, 23],
  [10, 10, 0.01, 16],
  [20, 20, 0.05, 127],
  [5, 10, 0.05, 8],
])("with %d and %d values at %d the critical U is %d", (n, m, alpha, critical) => {
  expect(mannWhitney(...samplesWith(n, m, critical)).p).toBeLessThanOrEqual(alpha);
  expect(mannWhitney(...samplesWith(n, m, critical + 1)).p).toBeGreaterThan(alpha);
});

test("nine against nine that are all larger are as unlikely as two in 48,620", () => {
  const { u, p } = mannWhitney(...samplesWith(9, 9, 0));
  expect({ u, p }).toEqual({ u: 0, p: 2 / 48_620 });
});

test("it is the same whichever sample comes first, and says which is larger", () => {
  const [low, high] = samplesWith(9, 9, 3);
  expect(mannWhitney(low, high)).toEqual({ u: 3, p: mannWhitney(high, low).p, method: "exact" });
  expect(mannWhitney(high, low).u).toBe(78);
});

test("where all values are equal nothing differs", () => {
  expect(mannWhitney([7, 7, 7], [7, 7, 7, 7])).toEqual({ u: 6, p: 1, method: "normal" });
});

test("many values without ties are approximated, as well as ties are", () => {
  const [low, high] = [
    Array.from({ length: 40 }, (_, at) => at),
    Array.from({ length: 40 }, (_, at) => at + 8.5),
  ];
  const { u, p, method } = mannWhitney(low, high);
  expect({ u, method }).toEqual({ u: 496, method: "normal" });
  // (800 - 496 - 0.5) / sqrt(40 * 40 * 81 / 12) = 2.9204: twice the upper tail of a standard normal distribution.
  expect(p).toBeCloseTo(0.003496, 5);
});

test("an empty sample says nothing", () => {
  expect(() => mannWhitney([], [1])).toThrow("both samples need a value");
});

/** Two samples without ties, in which the first is larger in exactly `u` pairs. */
function samplesWith(n: number, m: number, u: number): [number[], number[]] {
  const first = Array.from({ length: n }, (_, at) => {
    // As many of the second lie below it.
    const below = Math.min(m, Math.max(0, u - (n - 1 - at) * m));
    return below + (at + 1) / (n + 2) - 0.5;
  });
  return [first, Array.from({ length: m }, (_, at) => at + 0.5)];
}
