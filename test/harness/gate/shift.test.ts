import { expect, test } from "vitest";
import { median, shiftBetween } from "../../../harness/gate/shift.ts";

test("the median is the middle, or between the two middle ones", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("the shift is what R's wilcox.test calls the difference in location", () => {
  // wilcox.test(c(0.8, 0.83, 1.89, ...), c(1.15, ...), conf.int = TRUE) has the estimate 0.305.
  const x = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  expect(shiftBetween([1.15, 0.88, 0.9, 0.74, 1.21], x)).toBeCloseTo(0.305, 10);
});

test("one outlier moves it by nothing", () => {
  expect(shiftBetween([1, 2, 3, 4, 5], [11, 12, 13, 14, 15])).toBe(10);
  expect(shiftBetween([1, 2, 3, 4, 5], [11, 12, 13, 14, 15_000])).toBe(10);
});
