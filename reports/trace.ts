import type { TracedEffect, TracedOperation, TraceLine, TraceTotals } from "../harness/core/trace.ts";
import { count, duration, integer, memory, time } from "./quantities.ts";
import { PLAIN, type Style } from "./style.ts";
import { type Cell, table } from "./table.ts";
import { hintsOf } from "./why-hints.ts";
import { anatomyLines, hintLines } from "./why-lines.ts";
import { visible, wrap } from "./wrap.ts";

/** How a trace is shown. */
export interface TraceStyle {
  readonly style?: Style;
  /** The width of the terminal, in characters; absent or 0: not known. */
  readonly columns?: number | undefined;
}

/** The widest line, in characters: also where the terminal is wider. */
const WIDTH = 100;
/** Below this a terminal breaks lines by itself. */
const LEAST_WIDTH = 60;
/** Who looks while he acts wants to see where most of it went. */
const LEAST_SHARE = 0.1;
const FIGURES = ["bytes up", "down", "deflated", "answered"] as const;
const WIDTHS = { at: 10, figures: [9, 8, 9, 10] } as const;
const FIGURES_WIDTH = WIDTHS.figures.reduce((sum, width) => sum + width, 0);

/** What stands above a trace's lines: what its columns are. */
export function renderTraceHead({ style = PLAIN, columns }: TraceStyle = {}): string {
  const width = widthOf(columns);
  return `${style.dim(inColumns("at", "what was done", FIGURES, width))}\n`;
}

/** One line of a trace as text, at most 100 characters wide, with a line feed. */
export function renderTraceLine(line: TraceLine, { style = PLAIN, columns }: TraceStyle = {}): string {
  const width = widthOf(columns);
  switch (line.kind) {
    case "operation":
      return text(operationLines(line, style, width));
    case "note":
      return text(
        wrap(line.text, width - WIDTHS.at - 2).map((part) =>
          style.dim(`${" ".repeat(WIDTHS.at + 2)}${part}`),
        ),
      );
    case "totals":
      return text(totalLines(line, style, width));
    default:
      return line satisfies never;
  }
}

/** An operation and what it did, as one says it: `click "delete"`, `pushed: insert`. */
export function operationLabel({ name, effect }: Pick<TracedOperation, "name" | "effect">): string {
  const what = effect === null || effect === "nothing" ? "" : EFFECTS[effect];
  return visible(what === "" ? name : `${name}: ${what}`);
}

const EFFECTS: Readonly<Record<Exclude<TracedEffect, "nothing">, string>> = {
  insert: "insert",
  update: "update",
  delete: "delete",
  prepend: "prepend",
  reset: "reset",
  mixed: "several things",
  beside: "beside the list",
};

function operationLines(operation: TracedOperation, style: Style, width: number): string[] {
  const { atMs, name, up, down, deflatedBytes, answeredMs, anatomy, problem } = operation;
  // Whoever joins again may be sent what he had.
  const isJoin = name.startsWith("join ");
  const figures = [
    up.frames === 0 ? "" : integer(up.bytes),
    down.frames === 0 ? "" : integer(down.bytes),
    down.frames === 0 ? "" : integer(deflatedBytes),
    answeredMs === null ? "" : time(answeredMs * 1000),
  ];
  const label = operationLabel(operation);
  const line = inColumns(second(atMs), label, figures, width);
  const inner = { style, width: width - INDENT.length };
  const isDiff = anatomy?.parts.some(({ slot }) => slot !== undefined) === true;
  const told = isDiff && anatomy !== undefined ? anatomy : undefined;
  return [
    line.replace(label, () => style.bold(label)),
    ...(problem === undefined
      ? []
      : wrap(problem, width - WIDTHS.at - 2).map((part) => style.bad(`${" ".repeat(WIDTHS.at + 2)}${part}`))),
    ...(told === undefined
      ? []
      : [
          ...anatomyLines(told, { ...inner, leastShare: LEAST_SHARE, rests: "of all" }).map(
            (one) => INDENT + one,
          ),
          ...hintLines(hintsOf(isJoin ? "join" : "", told), inner).map((one) => INDENT + one),
        ]),
  ];
}

const INDENT = " ".repeat(5);

function totalLines(
  { lastedMs, operations, heartbeats, webSockets }: TraceTotals,
  style: Style,
  width: number,
): string[] {
  const bytes = (one: { upBytes: number; downBytes: number }) => one.upBytes + one.downBytes;
  const all = operations.reduce((sum, one) => sum + bytes(one), 0);
  const rows = operations.map((one) => ({
    label: shortened(operationLabel(one), Math.max(LEAST_LABEL, width - TOTALS_WIDTH)),
    cells: [one.times, one.upBytes / one.times, one.downBytes / one.times, one.mostDownBytes]
      .map((value): Cell => ({ text: integer(value) }))
      .concat({ text: `${Math.round((100 * bytes(one)) / all)} %` }),
  }));
  const beats = heartbeats.up.frames;
  const besides =
    beats === 0
      ? ""
      : `; ${count(beats, "heartbeat")} of ${integer(heartbeats.up.bytes / beats)} bytes apart`;
  const sum = operations.reduce((times, one) => times + one.times, 0);
  const told =
    `${count(sum, "operation")} in ${duration(lastedMs)}, ${memory(all)} on ${count(webSockets, "WebSocket")}${besides}. ` +
    "Bytes are of the frames' payloads, before compression; share: of all bytes, up and down.";
  return [
    "",
    ...(rows.length === 0
      ? []
      : table(["times", "up, mean", "down, mean", "down, most", "share"], rows, width, style)),
    ...wrap(sum === 0 ? `Nothing was done in ${duration(lastedMs)}: no LiveView has joined.` : told, width),
  ];
}

/** Where less is left for a label, columns go below. */
const LEAST_LABEL = 30;
/** Of the columns behind a label, with what is between them. */
const TOTALS_WIDTH = 2 + 5 * 3 + 8 + 8 + 10 + 10 + 8;

function inColumns(at: string, what: string, figures: readonly string[], width: number): string {
  const room = width - WIDTHS.at - 2 - FIGURES_WIDTH;
  const shown = figures.map((figure, index) => figure.padStart(WIDTHS.figures[index] ?? 0)).join("");
  return `${at.padStart(WIDTHS.at)}  ${shortened(what, room).padEnd(room)}${shown}`.trimEnd();
}

const second = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

/** A text, or as much of it as there is room for. */
const shortened = (whole: string, room: number): string =>
  whole.length <= room ? whole : `${whole.slice(0, room - 1)}…`;

const widthOf = (columns: number | undefined): number =>
  Math.max(LEAST_WIDTH, Math.min(WIDTH, columns || WIDTH));

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
