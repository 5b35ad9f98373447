import type {
  HistoryChange,
  HistoryReport,
  MetricChange,
  RunHistory,
} from "../../harness/core/history-report.ts";
import { fill } from "../fill.ts";
import { isDeflated } from "../gate/words.ts";
import { count, instant } from "../quantities.ts";
import { PLAIN, type Style } from "../style.ts";
import { visible, wrap } from "../wrap.ts";
import { sparkline } from "./sparkline.ts";
import {
  changeText,
  fullName,
  historyFacts,
  historyNotes,
  isConstant,
  labelOf,
  levelText,
  placeOf,
  summaryOf,
} from "./words.ts";

/** What a history is rendered with; each format heeds what it can use. */
export interface HistorySettings {
  readonly style?: Style;
  /** The width of the terminal, in characters. Default: not known. */
  readonly columns?: number | undefined;
  /** Whether the metrics were chosen: then all of them are shown, those that never change too. */
  readonly isChosen?: boolean;
}

const WIDEST = 100;
/** The most bars of a line. */
const MOST_BARS = 40;
/** How many files that were left out are named. */
const MOST_NAMED = 5;

const MARKS = { worse: "bad", better: "good", different: "warn" } as const;

/** Histories for a terminal: what changed and between which commits, the newest first, and a line a reading. */
export function renderHistoryText(
  { histories, leftOut }: HistoryReport,
  { style = PLAIN, columns, isChosen = false }: HistorySettings = {},
): string {
  const width = Math.max(60, Math.min(WIDEST, columns || WIDEST));
  const blocks = histories.map((history) => [
    ...wrap(historyFacts(history).join(" · "), width).map(style.bold),
    ...otherwiseLines(history, width),
    ...history.changes.flatMap((change) => changeLines(change, history, { width, style, isChosen })),
    ...trendLines(history, { width, style, isChosen }),
    ...historyNotes(history).flatMap((note) => ["", ...wrap(note, width)]),
    "",
    style.bold(summaryOf(history)),
  ]);
  const rest = leftOutLines(leftOut, width);
  return `${[...blocks, ...(rest.length === 0 ? [] : [rest])].map((lines) => lines.join("\n")).join("\n\n\n")}\n`;
}

type Settings = Required<Pick<HistorySettings, "style" | "isChosen">> & { readonly width: number };

function otherwiseLines({ otherwise, scenario }: RunHistory, width: number): string[] {
  if (otherwise.length === 0) return [];
  return wrap(`Not run as the first ${scenario}: ${otherwise.join("; ")}`, width);
}

function changeLines(change: HistoryChange, history: RunHistory, settings: Settings): string[] {
  const { width, style, isChosen } = settings;
  const at = history.runs[change.to]?.startedAt ?? "";
  const title = wrap(`${instant(at)}, ${placeOf(change, history)}`, width - 2);
  const raw = change.metrics.filter((one) => !isDeflated(one));
  // What is deflated follows from what is not.
  const shown = isChosen || raw.length === 0 ? change.metrics : raw;
  const hidden = change.metrics.length - shown.length;
  const groups = Map.groupBy(shown, ({ direction, metric }) => `${direction} ${metric}`);
  return [
    "",
    ...title.map((line, index) => style.bold(index === 0 ? line : `  ${line}`)),
    ...change.alsoChanged.flatMap((what) =>
      wrap(`also changed: ${what}`, width - 2).map((line) => `  ${line}`),
    ),
    ...[...groups.values()].flatMap((group) => metricLines(group, width, style)),
    ...(hidden === 0
      ? []
      : [style.dim(`  and ${count(hidden, "deflated metric")}, which --format json has`)]),
  ];
}

function metricLines(changes: readonly MetricChange[], width: number, style: Style): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  const { direction, metric } = first;
  const mark = style[MARKS[direction]];
  const items = changes.map((change) => `${visible(labelOf(change))} ${changeText(change)}`);
  return [
    `  ${mark(direction.padEnd(9))} ${visible(metric)}`,
    ...fill(items, width - 14)
      .flatMap((line) => wrap(line, width - 14))
      .map((line) => `              ${line}`),
  ];
}

function trendLines({ runs, metrics }: RunHistory, { width, style, isChosen }: Settings): string[] {
  const moving = metrics.filter((metric) => !isConstant(metric));
  const rows = isChosen
    ? metrics
    : moving.filter((metric) => !isDeflated(metric) || metric.judgedBy === "test");
  const constant = metrics.length - moving.length;
  const lines = rows.map((metric) => ({
    name: visible(fullName(metric)),
    bars: sparkline(metric.values, metric.changedAt, MOST_BARS),
    level: levelText(metric),
  }));
  const widest = (key: "name" | "bars" | "level") => Math.max(0, ...lines.map((line) => line[key].length));
  const [name, bars, level] = [widest("name"), widest("bars"), widest("level")];
  const fits = 2 + name + 2 + bars + 2 + level <= width;
  return [
    ...(lines.length === 0 ? [] : ["", style.bold("Run by run: level since the last change (least–most)")]),
    ...lines.flatMap((line) =>
      fits
        ? [`  ${line.name.padEnd(name)}  ${line.bars.padEnd(bars)}  ${line.level}`]
        : [`  ${line.name}`, `      ${line.bars.padEnd(bars)}  ${line.level}`],
    ),
    ...(isChosen || constant === 0 || runs.length === 1
      ? []
      : ["", ...wrap(`${count(constant, "figure")} the same in every run; --metric shows them`, width)]),
  ];
}

function leftOutLines(leftOut: readonly string[], width: number): string[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.slice(0, MOST_NAMED);
  const more = leftOut.length - named.length;
  return [
    `Left out: ${count(leftOut.length, "file")}`,
    ...named.flatMap((why) => wrap(why, width - 4).map((line, at) => `  ${at === 0 ? "" : "  "}${line}`)),
    ...(more === 0 ? [] : [`  and ${more} more, which --format json has`]),
  ];
}
