import { PLAIN, type Style } from "./style.ts";

/** A cell: its text, without control characters, and how to mark it. */
export interface Cell {
  readonly text: string;
  readonly style?: keyof Style;
  /** What it is ranked by among those of its row, less being better; absent where they are not to be ranked. */
  readonly rank?: number;
}

/** A line of a table: a label and a cell a column. A row without cells is a heading over those that follow. */
export interface Row {
  readonly label: string;
  readonly cells?: readonly Cell[];
}

const GAP = 3;

/**
 * Rows under column headings, labels to the left and figures to the right. Columns that do not fit into
 * `width` characters go into a further table below, with the labels again.
 */
export function table(
  columns: readonly string[],
  rows: readonly Row[],
  width: number,
  style: Style = PLAIN,
): string[] {
  const { labelWidth, widths } = measure(columns, rows);
  let fitting = 0;
  let total = labelWidth;
  for (const columnWidth of widths) {
    total += GAP + columnWidth;
    // One column always goes, or the table would never end.
    if (fitting > 0 && total > width) break;
    fitting += 1;
  }
  const lines = render(columns.slice(0, fitting), rows, labelWidth, widths, style);
  if (fitting >= columns.length) return lines;
  const others = rows.map(({ label, cells }) => (cells ? { label, cells: cells.slice(fitting) } : { label }));
  return [...lines, "", ...table(columns.slice(fitting), others, width, style)];
}

/** How many characters wide a table is where all of its columns stand side by side; headings in it may be wider. */
export function tableWidth(columns: readonly string[], rows: readonly Row[]): number {
  const { labelWidth, widths } = measure(columns, rows);
  return widths.reduce((sum, width) => sum + GAP + width, labelWidth);
}

function measure(columns: readonly string[], rows: readonly Row[]) {
  return {
    labelWidth: Math.max(0, ...rows.map(({ label, cells }) => (cells ? label.length + 2 : 0))),
    widths: columns.map((column, at) =>
      Math.max(column.length, 8, ...rows.map(({ cells }) => cells?.[at]?.text.length ?? 0)),
    ),
  };
}

function render(
  columns: readonly string[],
  rows: readonly Row[],
  labelWidth: number,
  widths: readonly number[],
  style: Style,
): string[] {
  const padding = (text: string, at: number) => " ".repeat(GAP + (widths[at] ?? 0) - text.length);
  const heading = columns.map((column, at) => padding(column, at) + style.bold(column)).join("");
  const whole = columns.reduce((sum, _, at) => sum + GAP + (widths[at] ?? 0), labelWidth);
  const lines = [" ".repeat(labelWidth) + heading, style.dim("─".repeat(whole))];
  for (const [at, { label, cells }] of rows.entries()) {
    if (!cells) {
      if (at > 0) lines.push("");
      lines.push(style.bold(label));
      continue;
    }
    const figures = cells.slice(0, columns.length).map((cell, at) => {
      const marked = cell.style ? style[cell.style](cell.text) : cell.text;
      return padding(cell.text, at) + marked;
    });
    lines.push(`  ${label.padEnd(labelWidth - 2)}${figures.join("")}`);
  }
  return lines;
}
