import type { CompareReport } from "../../harness/core/compare-report.ts";
import { crowdFacts, machineFacts, versionFacts } from "../caption.ts";
import { MISSING } from "../figure-rows.ts";
import { PLAIN, type Style } from "../style.ts";
import { type Cell, type Row, table, tableWidth } from "../table.ts";
import { visible, wrap } from "../wrap.ts";
import { groupsOf, type LabelledFigure } from "./groups.ts";
import { figureText, figureWords, headline, methodLines, strengths, titleFacts, valueText } from "./words.ts";

/** The widest line, in characters, and what a terminal has at least. */
const WIDTH = 100;
const LEAST_WIDTH = 60;

/**
 * A comparison for a terminal: a column a variant, and which is better by how much; where that does not fit, in a list below. Then
 * what each variant is better in, how to read it, and at last the whole in one sentence.
 */
export function renderCompareText(report: CompareReport, style: Style = PLAIN, columns?: number): string {
  const width = Math.max(LEAST_WIDTH, Math.min(WIDTH, columns || WIDTH));
  const parts = [
    [
      ...wrap(titleFacts(report).join(" · "), width).map(style.bold),
      ...wrap(crowdFacts(report).join(" · "), width),
      ...wrap(`Measured on ${report.configuration.template}`, width),
    ],
    ...figures(report, width, style),
    strengthLines(report, width, style),
    [...report.notes, ...methodLines(report)].flatMap((line) => wrap(line, width)),
    [machineFacts(report).join(" · "), versionFacts(report).join(" · ")]
      .flatMap((line) => wrap(line, width))
      .map(style.dim),
    wrap(headline(report), width).map(style.bold),
  ];
  const lines = parts.filter((part) => part.length > 0).flatMap((part) => ["", ...part]);
  return `${lines.slice(1).join("\n")}\n`;
}

function figures(report: CompareReport, width: number, style: Style): string[][] {
  const groups = groupsOf(report);
  if (groups.length === 0) return [];
  const names = report.variants.map(({ name }) => visible(name));
  const results = groups.flatMap((group) => group.figures.map((one) => resultCell(one, report)));
  const widest = Math.max(HEADING.length, ...results.map(({ text }) => text.length));
  const rows = (withResult: boolean): Row[] =>
    groups.flatMap(({ heading, figures: own }) => [
      { label: heading },
      ...own.map((one): Row => {
        const result = resultCell(one, report);
        // Figures stand to the right, words to the left.
        const words = { ...result, text: result.text.padEnd(widest) };
        return {
          label: visible(one.label),
          cells: [...cellsOf(one), ...(withResult ? [words] : [])],
        };
      }),
    ]);
  const beside = rows(true);
  const all = [...names, HEADING.padEnd(widest)];
  if (tableWidth(all, beside) <= width) {
    return [table(all, beside, width, style).map((line) => line.trimEnd())];
  }
  const labels = Math.max(...groups.flatMap(({ figures: own }) => own.map(({ label }) => label.length)));
  const below = groups.flatMap(({ heading, figures: own }) => [
    `  ${heading}`,
    ...own.flatMap((one) => {
      const { text, style: mark } = resultCell(one, report);
      const [first = "", ...others] = wrap(text, width - labels - 6);
      const marked = (line: string) => (mark === undefined ? line : style[mark](line));
      return [
        `    ${visible(one.label).padEnd(labels)}  ${marked(first)}`,
        ...others.map((line) => `${" ".repeat(labels + 6)}${marked(line)}`),
      ];
    }),
  ]);
  return [
    table(names, rows(false), width, style),
    [style.bold("Better, and by how much than the next best"), ...below],
  ];
}

/** Over the words of what came of a figure. */
const HEADING = "better, by how much";

function cellsOf({ figure }: LabelledFigure): Cell[] {
  const isMarked = figure.outcome === "best" || figure.outcome === "shared";
  return figure.estimates.map(({ value }, at): Cell => {
    if (value === null) return MISSING;
    const text = valueText(value, figure);
    return isMarked && figure.best.includes(at) ? { text, style: "good" } : { text };
  });
}

function resultCell({ figure }: LabelledFigure, report: CompareReport): Cell {
  const text = visible(figureText(figureWords(figure, report)));
  return figure.outcome === "best" || figure.outcome === "shared"
    ? { text, style: "good" }
    : { text, style: "dim" };
}

function strengthLines(report: CompareReport, width: number, style: Style): string[] {
  const all = strengths(report);
  if (all.length === 0) return [];
  const names = Math.max(...all.map(({ name }) => name.length));
  const indent = " ".repeat(names + 4);
  return [
    style.bold("What each is better in"),
    ...all.flatMap(({ name, parts }) =>
      parts
        .flatMap((part) => wrap(part, width - indent.length))
        .map((line, at) => (at === 0 ? `  ${visible(name).padEnd(names)}  ${line}` : `${indent}${line}`)),
    ),
  ];
}
