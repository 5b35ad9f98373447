import { expect, test } from "vitest";
import type { ComparedFigure, Contrast } from "../../../harness/core/compare-report.ts";
import {
  between,
  figureText,
  figureWords,
  headline,
  listOf,
  percentRange,
  valueText,
} from "../../../reports/compare/words.ts";
import { sampleReport } from "./sample-report.ts";

const report = sampleReport(2, 9);

/** A latency of which one variant, or none, is best. */
function latency(contrast: Partial<Contrast>, changes: Partial<ComparedFigure> = {}): ComparedFigure {
  const figure = report.figures.find(({ reading }) => reading === "p50");
  if (figure === undefined) throw new Error("the sample has a median");
  const [first] = figure.contrasts;
  if (first === undefined) throw new Error("the sample has a pair");
  return { ...figure, contrasts: [{ ...first, ...contrast }], ...changes };
}

const words = (figure: ComparedFigure) => figureText(figureWords(figure, report));
const first: Partial<ComparedFigure> = { outcome: "best", best: [0], next: 1 };
const second: Partial<ComparedFigure> = { outcome: "best", best: [1], next: 0 };

test.each([
  [
    "the second needs 25 % more",
    latency({ estimate: 1.25, low: 1.1, high: 1.5 }, first),
    "stream by 20 % (9.1–33 %)",
  ],
  [
    "the second needs a fifth less",
    latency({ estimate: 0.8, low: 0.75, high: 0.9 }, second),
    "stateful by 20 % (10–25 %)",
  ],
  [
    "more is better, and the second has a quarter more",
    latency({ estimate: 1.25, low: 1.1, high: 1.5 }, { ...second, better: "higher" }),
    "stateful by 25 % (10–50 %)",
  ],
  [
    "more is better, and the first has a quarter more",
    latency({ estimate: 0.8, low: 0.75, high: 0.9 }, { ...first, better: "higher" }),
    "stream by 25 % (11–33 %)",
  ],
  ["it is exact", latency({ estimate: 0.9, low: null, high: null }, second), "stateful by 10 %"],
  [
    "hardly at all",
    latency({ estimate: 0.9998, low: 0.9997, high: 0.9999 }, second),
    "stateful by < 0.1 % (< 0.1 %)",
  ],
  [
    "by a difference",
    latency({ scale: "difference", estimate: -4000, low: -6000, high: -1000 }, second),
    "stateful by 4.00 ms (1.00 ms–6.00 ms)",
  ],
  [
    "a difference is not shown",
    latency(
      { scale: "difference", estimate: 10, low: -1000, high: 3000 },
      { outcome: "undecided", best: [0, 1] },
    ),
    "none shown (-1.00 ms to +3.00 ms)",
  ],
  [
    "an interval leaves out 1 to the other side",
    latency({ estimate: 0.8, low: 0.7, high: 0.95 }, { outcome: "undecided", best: [0, 1] }),
    "not sure (-30 to -5.0 %)",
  ],
  ["it was not tested", latency({}, { outcome: "untested", best: [] }), "not tested"],
])("%s", (_, figure, said) => {
  expect(words(figure)).toBe(said);
});

test("a pair is turned round", () => {
  const figure = latency({ estimate: 2, low: 1.6, high: 4 });
  expect(between(figure, 1, 0)).toEqual({ scale: "ratio", estimate: 2, low: 1.6, high: 4 });
  expect(between(figure, 0, 1)).toEqual({ scale: "ratio", estimate: 0.5, low: 0.25, high: 0.625 });
  expect(percentRange({ scale: "ratio", estimate: 2, low: 1.6, high: 4 }, figure)).toEqual({
    estimate: "+100 %",
    interval: "+60 to +300 %",
  });
});

test("a value is told in its unit", () => {
  const figure = latency({});
  expect(valueText(1234, figure)).toBe("1.23 ms");
  expect(valueText(1234, { ...figure, unit: "bytes", metric: "payload.insert.bytes" })).toBe("1,234");
  expect(valueText(1234, { ...figure, unit: "bytes", metric: "memory.server.per_connection" })).toBe(
    "1.2 KB",
  );
  expect(valueText(12.34, { ...figure, unit: "count", reading: "rate" })).toBe("12.3");
  expect(valueText(null, figure)).toBe("—");
});

test("the whole is said in one sentence, whatever there is", () => {
  const all = (outcome: ComparedFigure["outcome"]) => ({
    ...report,
    figures: report.figures.slice(0, 2).map((figure) => ({ ...figure, outcome, best: [] })),
  });
  expect(headline(all("undecided"))).toBe("Nobody is best alone in any of 2 figures; 2 show no difference");
  expect(headline({ ...report, figures: [] })).toBe("There is no figure to compare");
  expect([listOf([]), listOf(["a"]), listOf(["a", "b"]), listOf(["a", "b", "c"], "or")]).toEqual([
    "",
    "a",
    "a and b",
    "a, b or c",
  ]);
});
