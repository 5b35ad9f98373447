import { COMPARE_RULES, type ComparedFigure, type Contrast, type Estimate } from "../core/compare-report.ts";
import { holm } from "../gate/holm.ts";
import { EXACT_UP_TO, exactP, mannWhitney } from "../gate/mann-whitney.ts";
import { median } from "../gate/shift.ts";
import { type Reading, readingsOf } from "./readings.ts";
import { shiftInterval } from "./shift-interval.ts";
import type { Variant } from "./variant.ts";

/** One figure: what it is, and its values, of each variant those of the repeats that have it. */
interface Gathered {
  readonly reading: Reading;
  readonly values: readonly (readonly number[])[];
  /** Whether every value is one that repeats. */
  readonly repeats: boolean;
}

/**
 * Compares every figure that at least one variant has, in the order in which figures first come. Those of which all repeats of a
 * variant agree, and that are exact by what they are, are compared as they are. Others by {@link shiftInterval} of their
 * logarithms, so by ratios, and by Mann and Whitney's test with Holm's correction for all pairs of all figures: a difference is
 * shown where that p is below 0.05, and then the interval leaves out 1.
 *
 * @param whyNot why figures that are not exact cannot be tested at all; null where they can
 */
export function compareFigures(variants: readonly Variant[], whyNot: string | null): ComparedFigure[] {
  const drafts = gather(variants).map((gathered) => draftOf(gathered, whyNot));
  const ps = drafts.flatMap(({ contrasts }) => contrasts.flatMap(({ p }) => p ?? []));
  const adjusted = holm(ps).values();
  return drafts.map((draft) => {
    const contrasts = draft.contrasts.map((contrast) =>
      contrast.p === null ? contrast : { ...contrast, adjustedP: adjusted.next().value ?? 1 },
    );
    return { ...draft, contrasts, ...outcomeOf({ ...draft, contrasts }) };
  });
}

function gather(variants: readonly Variant[]): Gathered[] {
  const figures = new Map<string, { reading: Reading; values: number[][]; repeats: boolean }>();
  for (const [at, { samples }] of variants.entries()) {
    for (const reading of samples.flatMap(readingsOf)) {
      const key = JSON.stringify([reading.metric, reading.reading]);
      const known = figures.get(key) ?? { reading, values: variants.map(() => []), repeats: true };
      known.values[at]?.push(reading.value);
      known.repeats &&= reading.repeats;
      figures.set(key, known);
    }
  }
  return [...figures.values()];
}

type Draft = Omit<ComparedFigure, "outcome" | "best" | "next">;

function draftOf({ reading: first, values, repeats }: Gathered, whyNot: string | null): Draft {
  const { metric, operation, title, reading, unit, better } = first;
  const exact = repeats && values.every((own) => new Set(own).size <= 1);
  const estimates = values.map(estimateOf);
  // Ratios are those of what is above zero alone.
  const scale = values.flat().every((value) => value > 0) ? "ratio" : "difference";
  const pairs = values.flatMap((_, one) =>
    values
      .slice(one + 1)
      .map((__, more) => [one, one + 1 + more] as const)
      .filter(([a, b]) => [a, b].every((at) => (values[at] ?? []).length > 0)),
  );
  const contrasts = pairs.map(([a, b]) => ({
    first: a,
    second: b,
    scale,
    ...contrastOf(values[a] ?? [], values[b] ?? [], { scale, tested: !exact && whyNot === null }),
  })) satisfies Contrast[];
  return {
    metric,
    ...(operation === undefined ? {} : { operation }),
    ...(title === undefined ? {} : { title }),
    reading,
    unit,
    better,
    exact,
    why: whyUntested(contrasts, exact, whyNot),
    estimates,
    contrasts,
  };
}

function estimateOf(values: readonly number[]): Estimate {
  if (values.length === 0) return { value: null, repeats: 0, least: null, most: null };
  return {
    value: median(values),
    repeats: values.length,
    least: Math.min(...values),
    most: Math.max(...values),
  };
}

function contrastOf(
  first: readonly number[],
  second: readonly number[],
  { scale, tested }: { readonly scale: Contrast["scale"]; readonly tested: boolean },
): Pick<Contrast, "estimate" | "low" | "high" | "p" | "adjustedP"> {
  const onScale = (values: readonly number[]) => (scale === "ratio" ? values.map(Math.log) : values);
  const back = (value: number) => (scale === "ratio" ? Math.exp(value) : value);
  const untested = { low: null, high: null, p: null, adjustedP: null };
  if (new Set(first).size === 1 && new Set(second).size === 1) {
    // Without going by logarithms, which would leave 0.9999999.
    const [a = Number.NaN, b = Number.NaN] = [first[0], second[0]];
    if (!tested) return { estimate: scale === "ratio" ? b / a : b - a, ...untested };
  }
  const { estimate, bounds } = shiftInterval(onScale(first), onScale(second));
  if (!tested || bounds === null) return { estimate: back(estimate), ...untested };
  const [low, high] = bounds.map(back) as [number, number];
  return { estimate: back(estimate), low, high, p: pOf(first, second), adjustedP: null };
}

/**
 * The p of Mann and Whitney's test. A tie counts against a difference: the approximation that has a correction for ties calls few
 * values with ties surer than they are.
 */
function pOf(first: readonly number[], second: readonly number[]): number {
  const [n, m] = [first.length, second.length];
  const { u, p } = mannWhitney(first, second);
  return Math.max(n, m) > EXACT_UP_TO ? p : exactP(Math.ceil(Math.min(u, n * m - u)), n, m);
}

function whyUntested(contrasts: readonly Contrast[], exact: boolean, whyNot: string | null): string {
  if (contrasts.length === 0) return "only one of the variants has it";
  if (exact) return "";
  if (whyNot !== null) return whyNot;
  return contrasts.every(({ p }) => p === null) ? TOO_FEW : "";
}

/** With fewer, no interval is so sure. */
const TOO_FEW = "it takes 4 repeats of each";

/** Which variants none was shown to be better than. */
function outcomeOf(draft: Draft): Pick<ComparedFigure, "outcome" | "best" | "next"> {
  const ranked = draft.estimates
    .flatMap(({ value }, at) => (value === null ? [] : [{ value, at }]))
    .sort((a, b) => (draft.better === "lower" ? a.value - b.value : b.value - a.value));
  const [leader, ...others] = ranked;
  if (leader === undefined || others.length === 0 || draft.why !== "")
    return { outcome: "untested", best: [] };
  const level = others.filter(({ at, value }) =>
    draft.exact ? value === leader.value : !isShown(draft.contrasts, leader.at, at),
  );
  const best = [leader, ...level].map(({ at }) => at).sort((a, b) => a - b);
  if (level.length === 0) {
    const [next] = others;
    return { outcome: "best", best, ...(next === undefined ? {} : { next: next.at }) };
  }
  if (level.length < others.length) return { outcome: "shared", best };
  return { outcome: draft.exact ? "same" : "undecided", best };
}

/** Whether a difference between two variants was shown. */
function isShown(contrasts: readonly Contrast[], one: number, other: number): boolean {
  const contrast = contrasts.find(
    ({ first, second }) => first === Math.min(one, other) && second === Math.max(one, other),
  );
  if (contrast === undefined) return false;
  const { adjustedP, low, high, scale } = contrast;
  const none = scale === "ratio" ? 1 : 0;
  return (
    adjustedP !== null &&
    adjustedP < COMPARE_RULES.alpha &&
    low !== null &&
    high !== null &&
    (low > none || high < none)
  );
}
