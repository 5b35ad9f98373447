import type { ExactVerdict, GateReport, NoisyVerdict } from "../../harness/core/gate-report.ts";
import { count } from "../quantities.ts";
import { visible } from "../wrap.ts";
import {
  changeText,
  growth,
  headline,
  isDeflated,
  percent,
  probability,
  readingName,
  readingText,
  signed,
  sizesText,
  slotsOf,
} from "./words.ts";

/** A gate's verdict for a pull request: one line that says why, and a table a kind of what changed. */
export function renderGateMarkdown(report: GateReport): string {
  const { scenario, baseline, runs, exact, noisy, notes, verdict } = report;
  const moved = exact.filter(({ outcome }) => outcome !== "unchanged" && outcome !== "undecided");
  const [deflated, raw] = [moved.filter(isDeflated), moved.filter((one) => !isDeflated(one))];
  const undecided = [...exact, ...noisy].filter(({ outcome }) => outcome === "undecided");
  const tested = noisy.filter(({ p }) => p !== null);
  const lines = [
    `### ${verdict === "regressed" ? "❌" : "✅"} \`${scenario}\`: ${verdict}`,
    "",
    cell(headline(report)),
    ...(raw.length === 0 ? [] : ["", ...sizeTable(raw)]),
    ...(deflated.length === 0
      ? []
      : [
          "",
          `<details><summary>Deflated: ${count(deflated.length, "metric")}</summary>`,
          "",
          ...sizeTable(deflated),
          "",
          "</details>",
        ]),
    ...(tested.length === 0 ? [] : ["", ...noisyTable(tested)]),
    "",
    [
      `${count(runs.after, "run")} against ${cell(baseline)}, of ${count(runs.before, "run")}.`,
      ...(undecided.length === 0
        ? []
        : [`${count(undecided.length, "figure")} undecided: ${whys(undecided)}.`]),
      ...notes.map(cell),
    ].join(" "),
  ];
  return `${lines.join("\n")}\n`;
}

function sizeTable(verdicts: readonly ExactVerdict[]): string[] {
  return [
    "| | metric | mode | bytes | change | where |",
    "| --- | --- | --- | --- | ---: | --- |",
    ...verdicts.map((one) => {
      const { outcome, metric, mode = "", before, after } = one;
      const grew = growth(one);
      const sizes = after ?? before;
      const bytes = changeText(one) ?? (sizes === null ? "" : sizesText(sizes));
      const by = grew === null ? "" : `${signed(grew.bytes)}${grew.each ? "" : " in all"}`;
      const where = slotsOf([one])
        .map((slot) => `${signed(slot.bytes)} ${slot.name}`)
        .join("; ");
      return `| ${outcome} | ${code(metric)} | ${cell(mode)} | ${bytes} | ${by} | ${cell(where)} |`;
    }),
  ];
}

function noisyTable(verdicts: readonly NoisyVerdict[]): string[] {
  return [
    "| | metric | mode | reading | before | after | change | p |",
    "| --- | --- | --- | --- | ---: | ---: | ---: | ---: |",
    ...verdicts.map((one) => {
      const { outcome, metric, mode = "", before, after, shift, adjustedP } = one;
      const values = `${readingText(before, one)} | ${readingText(after, one)}`;
      return `| ${outcome} | ${code(metric)} | ${cell(mode)} | ${readingName(one)} | ${values} | ${percent(shift ?? 0)} | ${probability(adjustedP ?? 1)} |`;
    }),
  ];
}

const whys = (verdicts: readonly { readonly why: string }[]): string =>
  [...new Set(verdicts.map(({ why }) => why))].join("; ");

/** A name, as code. */
const code = (text: string): string => `\`${visible(text).replaceAll(/[`|]/g, "'")}\``;

/** A text that is not taken for Markdown or HTML. */
const cell = (text: string): string =>
  visible(text)
    .replaceAll(/[\\`*_|[\]{}]/g, (character) => `\\${character}`)
    .replaceAll("<", "&lt;");
