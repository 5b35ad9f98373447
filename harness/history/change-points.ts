import { LEAST_RUNS_OF_A_LEVEL } from "../core/history-report.ts";
import { scaleOf } from "../core/scale.ts";
import { energySplit } from "./energy-split.ts";
import { tTest } from "./t-test.ts";

/** How change points of noisy series are found. */
export const CHANGE_RULES = {
  /** The series is gone through in windows of so many values, as in the paper: in all of it a small change would be lost. */
  window: 50,
  /** Below it a split is a weak change point, which others may yet be told apart by. */
  weakAlpha: 0.01,
  /** Below it a change point is one: the paper's, but for all places together at which it could have been found. */
  alpha: 0.001,
} as const;

/** Where a series changed its level. */
export interface ChangePoint {
  /** Of the first value of the new level. */
  readonly index: number;
  /** The levels of what is between the neighbouring change points and this one: means on the scale of the series. */
  readonly before: number;
  readonly after: number;
  /** That these are of one distribution: by Student's test, times the places between the neighbours (Bonferroni). */
  readonly p: number;
}

/**
 * Where a noisy series changed its level, in order: E-divisive with a t-test, the same points each time.
 *
 * E-divisive (Matteson and James, 2014, see `energy-split.ts`) splits a series where its parts differ most, and then each part.
 * As in Fleming et al. (2023), "Hunter: Using Change Point Detection to Hunt for Performance Regressions" (ICPE): a t-test takes
 * the place of random permutations; the series is gone through in overlapping windows; splits are made by a weak level first, and then the least certain one is taken back and the others are
 * tested anew, until all of them hold by the strict one.
 *
 * Beyond the paper: what is above 0 is compared by its logarithm (`core/scale.ts`), so that a level that scatters more because it is
 * higher is told from one that is lower. And a place that was sought out for how much the parts differ there looks certain more often than it is, so p is
 * held to the strict level after Bonferroni's correction. Without it, of series of 20 runs in which nothing changes, 14 in 1,000
 * are called changed; `change-points.test.ts` counts how many are with it.
 *
 * @param leastChange by which part of the level before it has to move: 0.03 is 3 %
 */
export function changePoints(values: readonly number[], leastChange: number): ChangePoint[] {
  const { of, back } = scaleOf(values);
  const scaled = values.map(of);
  const found = weakIndexes(scaled);
  for (;;) {
    const points = tested(scaled, found).map((point) => ({
      ...point,
      before: back(point.before),
      after: back(point.after),
    }));
    const weakest = weakestOf(points, leastChange);
    if (weakest === undefined) return points;
    found.splice(found.indexOf(weakest.index), 1);
  }
}

/** The indexes of splits in any window, in order. */
function weakIndexes(values: readonly number[]): number[] {
  const { window } = CHANGE_RULES;
  const found = new Set<number>();
  let from = 0;
  for (;;) {
    const to = Math.min(values.length, from + window);
    const within = splits(values, from, to);
    for (const index of within) found.add(index);
    if (to === values.length) break;
    from = Math.max(from + window / 2, ...within);
  }
  return [...found].sort((a, b) => a - b);
}

/** The indexes of splits of a part of the series, and of the parts that it falls into. */
function splits(values: readonly number[], from: number, to: number): number[] {
  const part = values.slice(from, to);
  const split = energySplit(part, LEAST_RUNS_OF_A_LEVEL);
  if (split === null) return [];
  const { p } = tTest(part.slice(0, split.at), part.slice(split.at, split.end));
  if (p >= CHANGE_RULES.weakAlpha) return [];
  const index = from + split.at;
  return [...splits(values, from, index), index, ...splits(values, index, to)];
}

/** Change points at these indexes, each tested between its neighbours. */
function tested(values: readonly number[], indexes: readonly number[]): ChangePoint[] {
  return indexes.map((index, at) => {
    const [from, to] = [indexes[at - 1] ?? 0, indexes[at + 1] ?? values.length];
    const { p, ...means } = tTest(values.slice(from, index), values.slice(index, to));
    const places = to - from - 2 * LEAST_RUNS_OF_A_LEVEL + 1;
    return { index, ...means, p: Math.min(1, p * places) };
  });
}

/** The least certain one of those that do not hold, and then the smallest; undefined where all do. */
function weakestOf(points: readonly ChangePoint[], leastChange: number): ChangePoint | undefined {
  const [leastCertain] = points.toSorted((a, b) => b.p - a.p);
  if (leastCertain !== undefined && leastCertain.p >= CHANGE_RULES.alpha) return leastCertain;
  const size = ({ before, after }: ChangePoint) => Math.abs(after - before) / Math.abs(before);
  const [smallest] = points.toSorted((a, b) => size(a) - size(b));
  return smallest !== undefined && size(smallest) < leastChange ? smallest : undefined;
}
