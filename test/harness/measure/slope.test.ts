import { describe, expect, test } from "vitest";
import { slopeMetric, slopeOf } from "../../../harness/measure/slope.ts";
import { studentT95 } from "../../../harness/measure/student-t.ts";

const points = (pairs: readonly (readonly [number, number])[]) => pairs.map(([x, y]) => ({ x, y }));

describe("a slope", () => {
  test("of points on a line is exact, with no margin", () => {
    const line = points([
      [0, 1000],
      [50, 1_001_000],
      [100, 2_001_000],
    ]);
    expect(slopeOf(line)).toEqual({ perUnit: 20_000, intercept: 1000, low: 20_000, high: 20_000, count: 3 });
  });

  // By hand: residuals 0.06, -0.13, 0.18, -0.21, 0.1, so s² = 0.107 / 3; Sxx = 10; 3.182 * √(s² / Sxx) = 0.190034.
  test("has 95 % confidence bounds", () => {
    const values = slopeOf(
      points([
        [1, 2.1],
        [2, 3.9],
        [3, 6.2],
        [4, 7.8],
        [5, 10.1],
      ]),
    );
    expect(values?.perUnit).toBeCloseTo(1.99, 10);
    expect(values?.intercept).toBeCloseTo(0.05, 10);
    expect(values?.low).toBeCloseTo(1.799966, 6);
    expect(values?.high).toBeCloseTo(2.180034, 6);
  });

  test("of two points has no bounds", () => {
    expect(
      slopeOf(
        points([
          [0, 0],
          [10, 100],
        ]),
      ),
    ).toEqual({ perUnit: 10, intercept: 0, low: null, high: null, count: 2 });
  });

  test.each([
    ["no point", []],
    ["one point", [[1, 1]]],
    [
      "points above each other",
      [
        [1, 1],
        [1, 2],
        [1, 3],
      ],
    ],
  ] as const)("of %s is none", (_, pairs) => {
    expect(slopeMetric("memory.server.per_connection", "bytes", points(pairs))).toBe(undefined);
  });
});

test.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [30, 2.042],
  [31, 2.042],
  [45, 2.021],
  [60, 2],
  [5000, 1.984],
])("Student's t for %d degrees of freedom is %d", (degrees, quantile) => {
  expect(studentT95(degrees)).toBe(quantile);
});

test("Student's t without a degree of freedom is refused", () => {
  expect(() => studentT95(0)).toThrow("Student's t has no 0 degrees of freedom");
});

test("a metric keeps the points of its line, of many every so manyth", () => {
  const line = Array.from({ length: 250 }, (_, x) => ({ x, y: 2 * x }));
  const kept = (many: number) => slopeMetric("memory.user", "bytes", line.slice(0, many))?.points;
  expect(kept(3)).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 2 },
    { x: 2, y: 4 },
  ]);
  expect(kept(250)?.map(({ x }) => x)).toEqual(Array.from({ length: 84 }, (_, at) => at * 3));
});
