import type { HistoryReport, RunHistory } from "../../harness/core/history-report.ts";
import { code, plain } from "../markdown-text.ts";
import { count, instant } from "../quantities.ts";
import { sparkline } from "./sparkline.ts";
import {
  changeText,
  fullName,
  historyFacts,
  historyNotes,
  isConstant,
  levelText,
  placeOf,
  summaryOf,
} from "./words.ts";

const MARKS = { worse: "🔺", better: "🔽", different: "🔀" } as const;
/** The most bars of a line. */
const MOST_BARS = 40;

/** Histories for the page of a CI run: a table of what changed, the newest first, and what each reading did folded up. */
export function renderHistoryMarkdown({ histories, leftOut }: HistoryReport): string {
  const blocks = histories.flatMap(historyBlocks);
  const rest =
    leftOut.length === 0
      ? []
      : [
          folded(
            `Left out: ${count(leftOut.length, "file")}`,
            leftOut.map((why) => `- ${plain(why)}`),
          ),
        ];
  return `${[...blocks, ...rest.flat()].join("\n\n")}\n`;
}

function historyBlocks(history: RunHistory): string[] {
  const { changes, metrics, otherwise } = history;
  const [scenario = "", ...facts] = historyFacts(history);
  const moving = metrics.filter((metric) => !isConstant(metric));
  return [
    `### ${plain(scenario)}: ${plain(summaryOf(history))}`,
    plain(facts.join(" · ")),
    ...(otherwise.length === 0 ? [] : [plain(`Not run as the first ${scenario}: ${otherwise.join("; ")}`)]),
    ...(changes.length === 0 ? [] : [changeTable(history).join("\n")]),
    ...historyNotes(history).map(plain),
    ...(moving.length === 0
      ? []
      : folded(`Run by run: ${count(moving.length, "figure")}`, [
          "| | | level since the last change (least–most) |",
          "| --- | --- | ---: |",
          ...moving.map((metric) => {
            const bars = sparkline(metric.values, metric.changedAt, MOST_BARS);
            return `| ${code(fullName(metric))} | ${code(bars)} | ${plain(levelText(metric))} |`;
          }),
        ])),
  ];
}

function changeTable(history: RunHistory): string[] {
  return [
    "| | figure | change | since | between |",
    "| --- | --- | --- | --- | --- |",
    ...history.changes.flatMap((change) => {
      const at = instant(history.runs[change.to]?.startedAt ?? "");
      const place = [placeOf(change, history), ...change.alsoChanged.map((what) => `also changed: ${what}`)];
      return change.metrics.map(
        (one) =>
          `| ${MARKS[one.direction]} ${one.direction} | ${code(fullName(one))} | ${plain(changeText(one))} | ${at} | ${plain(place.join("; "))} |`,
      );
    }),
  ];
}

/** GitHub reads Markdown within it where empty lines stand around it. */
function folded(title: string, lines: readonly string[]): string[] {
  return [`<details><summary>${plain(title)}</summary>`, lines.join("\n"), "</details>"];
}
