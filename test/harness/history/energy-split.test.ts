import { expect, test } from "vitest";
import { energySplit } from "../../../harness/history/energy-split.ts";

/** Q as Matteson and James define it, pair by pair. */
function divergence(values: readonly number[], at: number, end: number): number {
  const [first, second] = [values.slice(0, at), values.slice(at, end)];
  const [n, m] = [first.length, second.length];
  const within = (part: readonly number[]) => {
    const all = part.flatMap((a, i) => part.slice(i + 1).map((b) => Math.abs(a - b)));
    return all.reduce((sum, one) => sum + one, 0) / all.length;
  };
  const between = first.flatMap((a) => second.map((b) => Math.abs(a - b))).reduce((sum, one) => sum + one, 0);
  return ((n * m) / (n + m)) * ((2 * between) / (n * m) - within(first) - within(second));
}

test("the split is the one with the largest divergence of all", () => {
  const values = [5, 7, 4, 6, 5, 9, 12, 10, 11, 9, 10, 6, 5, 4, 5, 7];
  const all = [];
  for (let at = 2; at <= values.length - 2; at++) {
    for (let end = at + 2; end <= values.length; end++) all.push({ at, end, q: divergence(values, at, end) });
  }
  const [best] = all.toSorted((a, b) => b.q - a.q);
  expect(best).toEqual({ at: 5, end: 11, q: expect.closeTo(18.3636, 4) });
  expect(energySplit(values, 2)).toEqual({ at: 5, end: 11 });
});

test.each([
  ["a step", [1, 1, 1, 9, 9, 9], { at: 3, end: 6 }],
  ["what comes back", [1, 1, 1, 9, 9, 9, 1, 1, 1], { at: 3, end: 6 }],
  ["nothing but one value", [4, 4, 4, 4, 4, 4], null],
  ["too few values", [1, 1, 9, 9], null],
  ["nothing", [], null],
])("of %s", (_, values, split) => {
  expect(energySplit(values, 3)).toEqual(split);
});
