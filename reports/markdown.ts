import type { Failure } from "../harness/core/checks.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { crowdFacts, machineFacts, titleFacts, versionFacts } from "./caption.ts";
import { caseCell, letterOf, reasonsIn } from "./case-table.ts";
import { CHECK_LABELS, comparisonRows } from "./comparison.ts";
import { generatorLine } from "./generator-line.ts";
import { code, plain } from "./markdown-text.ts";
import { count, integer } from "./quantities.ts";
import { QUESTION, streamsOrNot } from "./streams-or-not.ts";
import type { Row } from "./table.ts";
import { thresholdRows } from "./threshold-rows.ts";
import { verdictWords } from "./verdict.ts";

/** How many failures are told in full. */
const TOLD_FAILURES = 5;

const MARKS = { passed: "✅", failed: "❌", void: "⚠️", interrupted: "⚠️" } as const;

/**
 * A run as Markdown, as GitHub shows it in a comment or a step's summary: the verdict, the modes side by side, the first
 * failures; what is long is folded up. What comes from a result is escaped, and calls nobody by `@`.
 */
export function renderMarkdown(result: RunResult): string {
  const { verdict, configuration, cases } = result;
  const { word, facts, reasons } = verdictWords(result);
  const [scenario = "", ...when] = titleFacts(result);
  const { template, target } = configuration;
  const parts = [
    [`## ${MARKS[verdict]} ${plain(scenario)}: ${word}`],
    [`**${plain(facts)}**`, ...reasons.map((reason) => `- ${plain(reason)}`)],
    [
      [
        ...when,
        ...crowdFacts(result),
        `measured on ${template}${target === undefined ? "" : ` at ${target}`}`,
      ]
        .map(plain)
        .join(" · "),
    ],
    ...(cases === undefined ? [failures(result)] : [caseTable(result), failedCases(result)]),
    ...(cases === undefined ? comparison(result) : []),
    ...thresholds(result),
    [
      [generatorLine(result.generator), ...machineFacts(result), ...versionFacts(result)]
        .map(plain)
        .join(" · "),
    ],
  ];
  const blocks = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** The first group is to be seen at once, the others are folded up together. */
function comparison(result: RunResult): string[][] {
  const { modes } = result.configuration;
  const groups: { heading: string; rows: Row[] }[] = [];
  for (const row of comparisonRows(result, Number.POSITIVE_INFINITY)) {
    if (row.cells === undefined) groups.push({ heading: row.label, rows: [] });
    else groups.at(-1)?.rows.push(row);
  }
  const tables = groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ heading, rows }) =>
      tableLines(
        [heading, ...modes],
        rows.map(({ label, cells = [] }) => [
          plain(label.trim()),
          ...cells.map(({ text, style }) =>
            style === "good" || style === "bad" ? `**${plain(text)}**` : plain(text),
          ),
        ]),
      ),
    );
  const [first, ...others] = tables;
  if (first === undefined) return [];
  const answers = streamsOrNot(result).map(({ label, text }) => `- **${plain(label)}**: ${plain(text)}`);
  return [
    first,
    ...(answers.length === 0 ? [] : [[`**${QUESTION}**`, "", ...answers]]),
    ...(others.length === 0 ? [] : folded("All figures", others)),
  ];
}

function failures({ checks }: RunResult): string[] {
  if (checks.failures.length === 0) return [];
  const told = checks.failures.slice(0, TOLD_FAILURES);
  return [
    `### The first ${told.length} of ${integer(checks.failed)} failed checks`,
    "",
    ...told.flatMap(({ kind, mode, step, message, expected, actual, ...failure }, at) => [
      `${at + 1}. **${plain(CHECK_LABELS[kind])}** in ${plain(mode)}, ${plain(step)}: ${plain(message)}`,
      `   - expected ${code(expected)}`,
      `   - actual ${code(actual)}`,
      ...frame(failure),
    ]),
  ];
}

function frame({ frame: told, noFrame }: Pick<Failure, "frame" | "noFrame">): string[] {
  if (noFrame !== undefined) return [`   - no frame did it: ${plain(noFrame)}`];
  return told === undefined ? [] : [`   - the frame, ${plain(told.operation)}: ${code(told.text)}`];
}

function caseTable({ cases = [], configuration: { modes } }: RunResult): string[] {
  const reasons = reasonsIn(cases);
  const rows = cases.map(({ id, name, modes: outcomes }) => [
    `${plain(id)} ${plain(name)}`,
    ...modes.map((mode) => {
      const { text, mark } = caseCell(outcomes[mode], reasons);
      return mark === "bad" ? `**${text}**` : text;
    }),
  ]);
  return [
    ...tableLines(["Case", ...modes], rows),
    ...(reasons.length === 0 ? [] : ["", "Not done, and no part of the verdict, because"]),
    ...reasons.map((reason, at) => `- ${letterOf(at)}: ${plain(reason)}`),
  ];
}

function failedCases({ cases = [] }: RunResult): string[] {
  return cases.flatMap(({ id, modes }) =>
    Object.entries(modes).flatMap(([mode, outcome]) =>
      outcome.outcome === "failed"
        ? outcome.differences.map(
            ({ who, step, what, expected, actual }) =>
              `- ${plain(id)} in ${plain(mode)}, ${who}, ${plain(step)}, ${plain(what)}: expected ${code(expected.join(" · "))}, actual ${code(actual.join(" · "))}`,
          )
        : [],
    ),
  );
}

function thresholds(result: RunResult): string[][] {
  const rows = thresholdRows(result);
  if (rows.length === 0) return [];
  const lines = rows.map(({ word, name, expression, actual, why }) => [
    word === "passed" ? word : `**${word}**`,
    code(name),
    code(expression),
    plain(why === "" ? actual : `${actual} (${why})`),
  ]);
  const all = tableLines(["Threshold", "metric", "condition", "value"], lines);
  return rows.every(({ word }) => word === "passed")
    ? folded(`${count(rows.length, "threshold")}, none crossed`, [all])
    : [all];
}

/** Blocks that are seen when one asks for them. GitHub reads Markdown within them where empty lines stand around it. */
export function folded(title: string, blocks: readonly string[][]): string[][] {
  return [[`<details><summary>${plain(title)}</summary>`], ...blocks, ["</details>"]];
}

/** The first column to the left, figures to the right. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head.map(plain)), line(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)];
}
