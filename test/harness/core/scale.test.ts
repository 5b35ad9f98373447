import { expect, test } from "vitest";
import { levelOf, scaleOf } from "../../../harness/core/scale.ts";

test.each([
  ["above 0 it is the geometric mean", [1, 100], 10],
  ["with a 0 among them the mean", [0, 100], 50],
  ["with one below 0 too", [-10, 20], 5],
  ["of one value it is that", [7], 7],
])("the level of values: %s", (_, values, level) => {
  expect(levelOf(values)).toBeCloseTo(level, 10);
});

test.each([[[1, 2]], [[-1, 2]]])("a scale leads there and back: %j", (values) => {
  const { of, back } = scaleOf(values);
  expect(values.map((value) => back(of(value)))).toEqual(values.map((value) => expect.closeTo(value, 12)));
});

test("of no values there is no level", () => {
  expect(levelOf([])).toBe(Number.NaN);
});
