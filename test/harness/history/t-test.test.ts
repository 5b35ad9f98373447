import { expect, test } from "vitest";
import { tTest } from "../../../harness/history/t-test.ts";

// "Student" (1908), the hours of sleep gained by two drugs, as R has them in `sleep`: t.test(extra ~ group, var.equal = TRUE).
test("two samples of Student's own give the p that R gives", () => {
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const { before, after, p } = tTest(first, second);
  expect({ before, after }).toEqual({ before: expect.closeTo(0.75, 10), after: expect.closeTo(2.33, 10) });
  expect(p).toBeCloseTo(0.07919, 5);
});

test("without scatter samples differ for certain, or not at all", () => {
  expect([tTest([2, 2], [2]).p, tTest([2, 2], [3]).p]).toEqual([1, 0]);
});

test("samples without a value, or of one each, cannot be compared", () => {
  expect(() => tTest([], [1, 2, 3])).toThrow(RangeError);
  expect(() => tTest([1], [2])).toThrow(RangeError);
});
