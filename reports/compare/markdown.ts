import type { CompareReport } from "../../harness/core/compare-report.ts";
import { crowdFacts, machineFacts, versionFacts } from "../caption.ts";
import { folded, tableLines } from "../markdown.ts";
import { plain } from "../markdown-text.ts";
import { groupsOf } from "./groups.ts";
import { figureText, figureWords, headline, methodLines, strengths, titleFacts, valueText } from "./words.ts";

/** A comparison for a pull request or a step's summary: one sentence, what each variant is better in, and a table folded up. */
export function renderCompareMarkdown(report: CompareReport): string {
  const [scenario = "", ...facts] = titleFacts(report);
  const names = report.variants.map(({ name }) => name);
  const tables = groupsOf(report).map(({ heading, figures }) =>
    tableLines(
      [heading, ...names, "better, by how much"],
      figures.map(({ label, figure }) => [
        plain(label),
        ...figure.estimates.map(({ value }, at) => {
          const text = plain(valueText(value, figure));
          const isMarked = figure.outcome === "best" || figure.outcome === "shared";
          return isMarked && figure.best.includes(at) ? `**${text}**` : text;
        }),
        plain(figureText(figureWords(figure, report))),
      ]),
    ),
  );
  const blocks = [
    [`### ${plain(scenario)}: ${plain(facts.join(" · "))}`],
    [`**${plain(headline(report))}.**`],
    strengths(report).map(({ name, parts }) => `- **${plain(name)}**: ${plain(parts.join(" · "))}`),
    ...(tables.length === 0 ? [] : folded("All figures", tables)),
    [...report.notes, ...methodLines(report)].map(plain),
    [plain([...crowdFacts(report), ...machineFacts(report), ...versionFacts(report)].join(" · "))],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}
