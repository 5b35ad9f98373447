import { expect, test } from "vitest";
import { twoSidedP } from "../../../harness/history/two-sided-p.ts";

// The critical values of NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2, which has three digits behind the point.
test.each([
  [12.706, 1, 0.05],
  [318.313, 1, 0.002],
  [4.303, 2, 0.05],
  [2.776, 4, 0.05],
  [2.015, 5, 0.1],
  [2.228, 10, 0.05],
  [3.169, 10, 0.01],
  [4.144, 10, 0.002],
  [2.845, 20, 0.01],
  [2.042, 30, 0.05],
  [2.626, 100, 0.01],
])("t of %d with %d degrees of freedom has p %d", (t, degrees, p) => {
  expect(twoSidedP(t, degrees)).toBeCloseTo(p, 4);
  expect(twoSidedP(-t, degrees)).toBe(twoSidedP(t, degrees));
});

test("p is 1 for no difference, and never below 0", () => {
  expect([twoSidedP(0, 1), twoSidedP(0, 8), twoSidedP(1000, 7), twoSidedP(1e9, 100)]).toEqual([
    1,
    1,
    expect.closeTo(0, 10),
    0,
  ]);
});

test.each([0, -1, 2.5, Number.NaN])("%d degrees of freedom are none", (degrees) => {
  expect(() => twoSidedP(1, degrees)).toThrow(RangeError);
});
