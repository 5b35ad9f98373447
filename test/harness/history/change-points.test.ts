import { describe, expect, test } from "vitest";
import { changePoints } from "../../../harness/history/change-points.ts";
import { normals } from "../seeded.ts";

const indexes = (values: readonly number[], leastChange = 0.03) =>
  changePoints(values, leastChange).map(({ index }) => index);

/** Levels one after the other, each for so many runs, that scatter normally by a part of 100. */
function series(
  seed: number,
  scatter: number,
  ...levels: readonly [level: number, runs: number][]
): number[] {
  const normal = normals(seed);
  return levels.flatMap(([level, runs]) =>
    Array.from({ length: runs }, () => level + 100 * scatter * normal()),
  );
}

describe("without scatter", () => {
  test.each([
    ["nothing", [], []],
    ["one value", [100], []],
    ["a constant", Array(60).fill(100), []],
    ["a step", series(1, 0, [100, 10], [110, 10]), [10]],
    ["a step down", series(1, 0, [100, 4], [90, 3]), [4]],
    ["two steps", series(1, 0, [100, 10], [110, 10], [130, 10]), [10, 20]],
    ["what comes back", series(1, 0, [100, 10], [110, 10], [100, 10]), [10, 20]],
    ["a step that two runs have, which may be outliers", series(1, 0, [100, 10], [110, 2]), []],
    ["a step of less than matters", series(1, 0, [100, 10], [102, 10]), []],
    ["steps far apart, in several windows", series(1, 0, [100, 70], [110, 70], [120, 70]), [70, 140]],
    ["from nothing", series(1, 0, [0, 5], [3, 5]), [5]],
  ])("of %s", (_, values, found) => {
    expect(indexes(values)).toEqual(found);
  });
});

describe("as published", () => {
  // hunter, tests/analysis_test.py: test_single_series, of which one change is expected, at 10.
  test("a series of Hunter's own tests has the one change point that it has there", () => {
    const values = [
      ...[1.02, 0.95, 0.99, 1.0, 1.12, 1.0, 1.01, 0.98, 1.01, 0.96],
      ...[0.5, 0.51, 0.48, 0.48, 0.55, 0.5, 0.49, 0.51, 0.5, 0.49],
    ];
    expect(changePoints(values, 0)).toEqual([
      {
        index: 10,
        before: expect.closeTo(1.0031, 4),
        after: expect.closeTo(0.5006, 4),
        p: expect.closeTo(0, 10),
      },
    ]);
  });

  // hunter, README.md: "hunter analyze local.sample" marks -12.9% in front of the seventh run of metric2, and nothing of metric1.
  test("the example of its README has a change of -12.9 % in one metric and none in the other", () => {
    const metric1 = [154023, 138455, 143112, 149190, 132098, 151344, 155145, 148889, 149466, 148209];
    const metric2 = [10.43, 10.23, 10.29, 10.91, 10.34, 10.69, 9.23, 9.11, 9.13, 9.03];
    expect(indexes(metric1, 0)).toEqual([]);
    const [change, ...others] = changePoints(metric2, 0);
    expect([change?.index, others]).toEqual([6, []]);
    expect((change?.after ?? 0) / (change?.before ?? 1) - 1).toBeCloseTo(-0.129, 3);
  });
});

describe("with scatter", () => {
  test("a change is found where it is, and nothing else", () => {
    expect(indexes(series(1, 0.02, [100, 15], [110, 15]))).toEqual([15]);
    expect(indexes(series(2, 0.02, [100, 20], [108, 20], [96, 20]))).toEqual([20, 40]);
  });

  test("an outlier makes no change", () => {
    const values = series(3, 0.01, [100, 30]);
    values[12] = 300;
    expect(indexes(values)).toEqual([]);
  });

  test("a level that scatters more because it is higher is told from one that is lower", () => {
    const normal = normals(6);
    const slow = [...Array(7).fill(6000), ...Array(9).fill(40_000)].map(
      (level) => level * Math.exp(0.4 * normal()),
    );
    expect(indexes(slow)).toEqual([7]);
  });

  test("the same series gives the same points", () => {
    const values = series(4, 0.05, [100, 30], [112, 40], [104, 50]);
    expect(changePoints(values, 0.03)).toEqual(changePoints([...values], 0.03));
  });

  test("more runs behind it change nothing of a change long ago", () => {
    const values = series(5, 0.02, [100, 20], [110, 80]);
    for (const runs of [40, 60, 80, 100]) expect(indexes(values.slice(0, runs))).toEqual([20]);
  });

  /** In how many of 500 series something is found where nothing changed, and where a change is found, to a run, where one is. */
  function counts(runs: number, scatter: number, leastChange: number) {
    const tries = Array.from({ length: 500 }, (_, seed) => seed);
    const alarms = tries.filter(
      (seed) => indexes(series(seed, scatter, [100, runs]), leastChange).length > 0,
    );
    const found = tries.filter((seed) => {
      const half = runs / 2;
      const points = indexes(series(seed, scatter, [100, half], [110, half]), leastChange);
      return points.length === 1 && Math.abs((points[0] ?? 0) - half) <= 1;
    });
    return { alarms: alarms.length, found: found.length };
  }

  test.each([
    [20, 0.02, 0.03, { alarms: 1, found: 498 }],
    [20, 0.05, 0.03, { alarms: 1, found: 200 }],
    [40, 0.05, 0.03, { alarms: 0, found: 380 }],
    [40, 0.05, 0, { alarms: 0, found: 380 }],
    [100, 0.05, 0.03, { alarms: 1, found: 412 }],
  ])(
    "of 500 series of %d runs that scatter by %d, with a least change of %d, so many are called changed where nothing is, and a change of 10 %% found: %j",
    (runs, scatter, leastChange, expected) => {
      expect(counts(runs, scatter, leastChange)).toEqual(expected);
    },
  );
});
