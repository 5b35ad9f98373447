import {
  COMPARE_RULES,
  type ComparedFigure,
  type CompareReport,
  type Contrast,
} from "../../harness/core/compare-report.ts";
import { count, integer, memory, NO_VALUE, time } from "../quantities.ts";
import { type FigureGroup, groupsOf } from "./groups.ts";

/** A value in the unit of its figure. */
export function valueText(value: number | null, { unit, metric, reading }: ComparedFigure): string {
  if (value === null) return NO_VALUE;
  if (unit === "us") return time(value);
  if (reading === "rate") return value < 100 ? value.toFixed(1) : integer(value);
  return unit === "bytes" && !metric.startsWith("payload.") && !metric.endsWith(".bytes")
    ? memory(value)
    : integer(value);
}

/** How two variants differ, the first in terms of the second: as it is stored, or turned round. */
export function between(
  { contrasts }: ComparedFigure,
  one: number,
  other: number,
): Pick<Contrast, "scale" | "estimate" | "low" | "high"> | null {
  const contrast = contrasts.find(
    ({ first, second }) => first === Math.min(one, other) && second === Math.max(one, other),
  );
  if (contrast === undefined) return null;
  const { scale, estimate, low, high } = contrast;
  if (one > other) return { scale, estimate, low, high };
  const turned = (value: number | null): number | null =>
    value === null ? null : scale === "ratio" ? 1 / value : -value;
  return { scale, estimate: turned(estimate) ?? estimate, low: turned(high), high: turned(low) };
}

/** A part as percent, as far as it is worth being read: `0.4`, `9.1`, `12`, `98.5`. */
function digits(part: number): string {
  const percent = Math.abs(part) * 100;
  const fine = percent < 9.95 || (percent >= 89.5 && percent < 99.95);
  return percent > 0 && percent < 0.05 ? "< 0.1" : percent.toFixed(fine ? 1 : 0);
}

/** Both bounds of an interval as percents, with a digit more where it takes that to tell them apart; one, where it does not. */
function bounds(from: number, to: number): readonly string[] {
  const rough = [digits(from), digits(to)];
  if (rough[0] !== rough[1] || from < 0 !== to < 0) return rough;
  if (Math.max(Math.abs(from), Math.abs(to)) < 0.0005) return rough.slice(1);
  return [...new Set([from, to].map((part) => (Math.abs(part) * 100).toFixed(1)))];
}

const sign = (value: number): string => (value < 0 ? "-" : "+");

/** What came of a figure, in a few words. */
export interface FigureWords {
  /** `stateful`, `keyed or stream`, `none shown`, `not sure`. */
  readonly who: string;
  /** `by 12 %`; empty where nobody is alone. */
  readonly by: string;
  /** `9–15 %`, `-3 to +5 %`: the 95 % confidence interval; empty where there is none. */
  readonly within: string;
}

/**
 * Which variant is better and by how much than the next best one; where none was shown to be, of two the interval of the second
 * in terms of the first.
 */
export function figureWords(
  figure: ComparedFigure,
  { variants }: Pick<CompareReport, "variants">,
): FigureWords {
  const names = figure.best.map((at) => variants[at]?.name ?? "");
  switch (figure.outcome) {
    case "best": {
      const [best = 0] = figure.best;
      const contrast = figure.next === undefined ? null : between(figure, best, figure.next);
      return { who: names.join(), ...(contrast === null ? { by: "", within: "" } : gain(contrast, figure)) };
    }
    case "shared":
      return { who: listOf(names, "or"), by: "", within: "" };
    case "same":
      return { who: "the same", by: "", within: "" };
    case "undecided": {
      const contrast = variants.length === 2 ? between(figure, 1, 0) : null;
      const within = contrast === null ? "" : range(contrast, figure);
      return { who: isNotSure(contrast) ? NOT_SURE : "none shown", by: "", within };
    }
    case "untested":
      return { who: "not tested", by: "", within: "" };
    default:
      return figure.outcome satisfies never;
  }
}

/** What is said where an interval shows a difference that may be chance among so many figures. */
const NOT_SURE = "not sure";

function isNotSure(contrast: Pick<Contrast, "scale" | "low" | "high"> | null): boolean {
  if (contrast === null || contrast.low === null || contrast.high === null) return false;
  const none = contrast.scale === "ratio" ? 1 : 0;
  return contrast.low > none || contrast.high < none;
}

/** By how much the better one is better: as percent of the other, or in its unit. */
function gain(
  { scale, estimate, low, high }: Pick<Contrast, "scale" | "estimate" | "low" | "high">,
  figure: ComparedFigure,
): Pick<FigureWords, "by" | "within"> {
  if (scale === "difference") {
    const parts = [low, high].map((value) => valueText(value === null ? null : Math.abs(value), figure));
    return {
      by: `by ${valueText(Math.abs(estimate), figure)}`,
      within: low === null || high === null ? "" : parts.toReversed().join("–"),
    };
  }
  const part = (ratio: number) => (figure.better === "lower" ? 1 - ratio : ratio - 1);
  const [from, to] = figure.better === "lower" ? [high, low] : [low, high];
  return {
    by: `by ${digits(part(estimate))} %`,
    within: from === null || to === null ? "" : `${bounds(part(from), part(to)).join("–")} %`,
  };
}

function range(
  { scale, low, high }: Pick<Contrast, "scale" | "low" | "high">,
  figure: ComparedFigure,
): string {
  if (low === null || high === null) return "";
  if (scale === "difference") {
    return [low, high].map((value) => `${sign(value)}${valueText(Math.abs(value), figure)}`).join(" to ");
  }
  const [from = "", to = from] = bounds(low - 1, high - 1);
  return `${sign(low - 1)}${from} to ${sign(high - 1)}${to} %`;
}

/** A pair: by how much the second differs from the first, and between which bounds: `+12 %`, `+9.0 to +15 %`. */
export function percentRange(
  contrast: Pick<Contrast, "scale" | "estimate" | "low" | "high">,
  figure: ComparedFigure,
): { readonly estimate: string; readonly interval: string } {
  const { scale, estimate } = contrast;
  return {
    estimate:
      scale === "ratio"
        ? `${sign(estimate - 1)}${digits(estimate - 1)} %`
        : `${sign(estimate)}${valueText(Math.abs(estimate), figure)}`,
    interval: range(contrast, figure) || NO_VALUE,
  };
}

/** The same in one text: `stateful by 12 % (9–15 %)`. */
export function figureText(words: FigureWords): string {
  const { who, by, within } = words;
  return [who, by, within === "" ? "" : `(${within})`].filter((text) => text !== "").join(" ");
}

/** What was run, and how often: `quickstart`, `stream and stateful`, `9 runs of each, in turn`. */
export function titleFacts({ scenario, variants, order }: CompareReport): string[] {
  const runs = [...new Set(variants.map((variant) => variant.runs))];
  const [only] = runs;
  const often =
    runs.length === 1 && only !== undefined
      ? `${count(only, "run")} of each`
      : variants.map(({ name, runs: own }) => `${own} of ${name}`).join(", ");
  return [
    scenario,
    listOf(variants.map(({ name }) => name)),
    order === undefined ? often : `${often}, in turn`,
  ];
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(names: readonly string[], word = "and"): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** What a variant is better in than all others, by groups: `bytes: join, insert`. */
export interface Strengths {
  readonly name: string;
  readonly parts: readonly string[];
}

/** Of each variant what it is best in, and at last what none is better in, as far as there is anything. */
export function strengths(report: CompareReport): Strengths[] {
  const groups = groupsOf(report);
  const named = report.variants.map(({ name }, at) => ({
    name,
    parts: partsWhere(groups, ({ outcome, best }) => outcome === "best" && best[0] === at),
  }));
  const shared = partsWhere(groups, ({ outcome }) => outcome === "shared");
  const alike = partsWhere(groups, ({ outcome }) => outcome === "same");
  const open = partsWhere(groups, ({ outcome }) => outcome === "undecided");
  return [
    ...named,
    { name: "shared", parts: shared },
    { name: "the same", parts: alike },
    { name: "none shown", parts: open },
  ].filter(({ parts }) => parts.length > 0);
}

function partsWhere(groups: readonly FigureGroup[], isMeant: (figure: ComparedFigure) => boolean): string[] {
  return groups.flatMap(({ short, figures }) => {
    const meant = figures.filter(({ figure }) => isMeant(figure));
    if (meant.length === 0) return [];
    // Both percentiles of one latency in one word.
    const whole = [...new Set(meant.map(({ about }) => about))].map((about) => {
      const [own, all] = [meant, figures].map((list) => list.filter((one) => one.about === about));
      return own?.length === all?.length ? about : (own ?? []).map(({ label }) => label).join(", ");
    });
    return [`${short}: ${whole.join("; ")}`];
  });
}

/** The comparison in one sentence, without a full stop. */
export function headline({ variants, figures }: CompareReport): string {
  if (figures.length === 0) return "There is no figure to compare";
  const of = (isMeant: (figure: ComparedFigure) => boolean) => figures.filter(isMeant).length;
  const wins = variants
    .map(({ name }, at) => ({
      name,
      wins: of(({ outcome, best }) => outcome === "best" && best[0] === at),
    }))
    .filter((one) => one.wins > 0)
    .toSorted((a, b) => b.wins - a.wins)
    .map(({ name, wins: own }, at) => (at === 0 ? `${name} is best in ${own}` : `${name} in ${own}`));
  const rest = (["shared", "same", "undecided", "untested"] as const).flatMap((outcome) => {
    const many = of((figure) => figure.outcome === outcome);
    return many === 0 ? [] : [`${many} ${many === 1 ? WHAT[outcome].one : WHAT[outcome].many}`];
  });
  const total = count(figures.length, "figure");
  const first = wins.length === 0 ? `Nobody is best alone in any of ${total}` : `${listOf(wins)} of ${total}`;
  return [first, ...(rest.length === 0 ? [] : [listOf(rest)])].join("; ");
}

const WHAT = {
  shared: { one: "is shared by a few", many: "are shared by a few" },
  same: { one: "is the same", many: "are the same" },
  undecided: { one: "shows no difference", many: "show no difference" },
  untested: { one: "could not be tested", many: "could not be tested" },
} as const;

/** How the figures are to be read, a sentence each. */
export function methodLines({ figures, variants }: CompareReport): string[] {
  const tests = figures.flatMap(({ contrasts }) => contrasts.filter(({ p }) => p !== null)).length;
  const isExact = figures.some(({ exact }) => exact);
  const hasOpen = figures.some((figure) => figureWords(figure, { variants }).who === NOT_SURE);
  return [
    ...(isExact ? ["Sizes that every repeat has alike are exact: they need no test."] : []),
    ...(tests === 0
      ? []
      : [
          `Others are medians of the repeats; in brackets the 95 % interval of the ratio (Hodges and Lehmann). A winner has p below ${COMPARE_RULES.alpha} by Mann and Whitney's test, with Holm's correction for ${count(tests, "comparison")}.${hasOpen ? " Not sure: the interval shows a difference, which among so many comparisons may be chance." : ""}`,
        ]),
  ];
}
