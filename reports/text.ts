import type { Failure } from "../harness/core/checks.ts";
import type { RunResult, Verdict } from "../harness/core/run-result.ts";
import { crowdFacts, machineFacts, titleFacts, versionFacts } from "./caption.ts";
import { caseFailures } from "./case-failures.ts";
import { caseReasons, caseTable } from "./case-table.ts";
import { CHECK_LABELS, comparisonRows } from "./comparison.ts";
import { generatorLine } from "./generator-line.ts";
import { modeNotes } from "./mode-notes.ts";
import { integer } from "./quantities.ts";
import { sideBySide } from "./side-by-side.ts";
import { streamsOrNotLines } from "./streams-or-not.ts";
import { PLAIN, type Style } from "./style.ts";
import { table } from "./table.ts";
import { thresholdRows } from "./threshold-rows.ts";
import { verdictWords } from "./verdict.ts";
import { visible, wrap } from "./wrap.ts";

/** The widest line, in characters: also where the terminal is wider. */
const WIDTH = 100;
/** Below this a terminal breaks lines by itself. */
const LEAST_WIDTH = 60;
/** How many failures are told in full. The result holds more of them. */
const TOLD_FAILURES = 5;

/**
 * A run for a terminal: what was run, the modes side by side, the first failures, the thresholds, how the
 * harness fared, and the verdict last, where it is read first. Lines are at most 100 characters wide, and
 * without a style there is no control character in them.
 *
 * @param columns the width of the terminal, in characters; absent or 0: not known
 */
export function renderText(result: RunResult, style: Style = PLAIN, columns?: number): string {
  const width = Math.max(LEAST_WIDTH, Math.min(WIDTH, columns || WIDTH));
  const parts = [
    caption(result, style, width),
    ...(result.cases === undefined
      ? [
          table(result.configuration.modes, comparisonRows(result, width), width, style),
          streamsOrNotLines(result, style, width),
          modeNotes(result, style, width),
          failures(result, style, width),
        ]
      : [
          caseTable(result.cases, result.configuration.modes, width, style),
          caseReasons(result.cases, width, style),
          caseFailures(result.cases, width, style),
        ]),
    thresholds(result, style),
    harness(result, style, width),
    verdict(result, style, width),
  ];
  const lines = parts.filter((part) => part.length > 0).flatMap((part) => ["", ...part]);
  return `${lines.slice(1).join("\n")}\n`;
}

function caption(result: RunResult, style: Style, width: number): string[] {
  const { template, target } = result.configuration;
  const where = target === undefined ? "" : ` at ${visible(target)}`;
  return [
    style.bold(titleFacts(result).join(" · ")),
    ...wrap(crowdFacts(result).join(" · "), width),
    ...wrap(`Measured on ${template}${where}`, width),
  ];
}

function failures({ checks }: RunResult, style: Style, width: number): string[] {
  if (checks.failed === 0) return [];
  const told = checks.failures.slice(0, TOLD_FAILURES);
  const title = `The first ${told.length === 1 ? "failure" : `${told.length} failures`} of ${integer(checks.failed)}`;
  const entries = told.flatMap((failure, at) => {
    const { kind, mode, step, expected, actual, message } = failure;
    const head = `${at + 1}. ${mode} · ${step} · ${CHECK_LABELS[kind]}`;
    return [
      "",
      ...wrap(head, width - 2).map((line) => `  ${style.bad(line)}`),
      ...wrap(message, width - 5).map((line) => `     ${line}`),
      ...labelled("expected", expected, width),
      ...labelled("actual", actual, width),
      ...lists(failure, width - 5, style).map((line) => `     ${line}`),
      ...whatDidIt(failure, width),
      ...filesOf(failure, width),
    ];
  });
  return [style.bold(title), ...entries];
}

/** Both lists, of what a viewer saw wrong first. */
function lists({ around, index, frame, noFrame }: Failure, width: number, style: Style): string[] {
  return around === undefined || (frame ?? noFrame) === undefined
    ? []
    : sideBySide(around, index, width, style);
}

function whatDidIt({ frame, noFrame }: Failure, width: number): string[] {
  if (noFrame !== undefined) return labelled("frame", `none: ${noFrame}`, width);
  if (frame === undefined) return [];
  const { number, of, receivedAt, event, operation, text } = frame;
  const which = number === undefined ? "this one" : `${number} of ${of ?? number} since all was right`;
  return [
    ...labelled("frame", `${which}, a ${event} (${operation}) received at ${receivedAt}`, width),
    ...labelled("", text, width),
  ];
}

function filesOf({ replay, screenshot, dom }: Failure, width: number): string[] {
  const files = [
    ["replay", replay],
    ["picture", screenshot],
    ["DOM", dom],
  ] as const;
  return files.flatMap(([label, file]) => (file === undefined ? [] : labelled(label, file, width)));
}

function labelled(label: string, text: string, width: number): string[] {
  const [first = "", ...rest] = wrap(text, width - 15);
  return [`     ${label.padEnd(10)}${first}`, ...rest.map((line) => `${" ".repeat(15)}${line}`)];
}

function thresholds(result: RunResult, style: Style): string[] {
  const rows = thresholdRows(result);
  if (rows.length === 0) return [];
  const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const nameWidth = widest(rows.map(({ name }) => name));
  const expressionWidth = widest(rows.map(({ expression }) => expression));
  const lines = rows.map(({ word, mark, name, expression, actual, why }) => {
    const reason = why === "" ? "" : ` (${why})`;
    return `  ${style[mark](word)}  ${name.padEnd(nameWidth)}  ${expression.padEnd(expressionWidth)}  ${actual}${reason}`;
  });
  return [style.bold("Thresholds"), ...lines];
}

function harness(result: RunResult, style: Style, width: number): string[] {
  return [generatorLine(result.generator), machineFacts(result).join(" · "), versionFacts(result).join(" · ")]
    .flatMap((line) => wrap(line, width))
    .map((line) => style.dim(line));
}

const VERDICT_STYLES = {
  passed: "good",
  failed: "bad",
  void: "warn",
  interrupted: "warn",
} as const satisfies Record<Verdict, keyof Style>;

function verdict(result: RunResult, style: Style, width: number): string[] {
  const { word, facts, reasons } = verdictWords(result);
  return [
    `${style.bold(style[VERDICT_STYLES[result.verdict]](word))}: ${facts}`,
    ...reasons.flatMap((reason) => wrap(reason, width - 2)).map((line) => `  ${line}`),
  ];
}
