import { html, type Markup } from "../html/markup.ts";
import { linearTicks, mark } from "../html/plot.ts";
import { count } from "../quantities.ts";

/** One variant in terms of another: a ratio, and the bounds between which it lies, where these are known. */
export interface PlottedRatio {
  /** Which colour and mark it has: the variant's place. */
  readonly at: number;
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** A line of the plot. */
export interface PlottedFigure {
  readonly label: string;
  /** At least one. */
  readonly series: readonly PlottedRatio[];
}

/** How high the line of one variant is, in CSS pixels. */
const LINE = 16;

/** Room between figures, in CSS pixels. */
const GAP = 8;

/** Room at both ends for what would stand across the edge, in percent. */
const EDGE = 6;

/**
 * Ratios as dots with whiskers, a row a figure, all on one logarithmic scale with 1 in it. Places across are in percent, so
 * that it is as wide as there is room, and letters stay as large as they are.
 */
export function intervalPlot(figures: readonly PlottedFigure[]): Markup {
  const values = figures.flatMap(({ series }) =>
    series.flatMap(({ estimate, low, high }) => [estimate, low ?? estimate, high ?? estimate]),
  );
  const ticks = ratioTicks(Math.min(1, ...values), Math.max(1, ...values));
  const [from, to] = [ticks[0] ?? 1, ticks.at(-1) ?? 1].map(Math.log);
  const place = (ratio: number) => {
    const share = (Math.log(ratio) - (from ?? 0)) / ((to ?? 0) - (from ?? 0) || 1);
    return `${(EDGE + share * (100 - 2 * EDGE)).toFixed(2)}%`;
  };
  const grid = ticks.map(
    (tick) =>
      html`<line class="${tick === 1 ? "axis" : "grid"}" x1="${place(tick)}" x2="${place(tick)}" y1="0" y2="100%"/>`,
  );
  const rows = figures.map(({ label, series }) => {
    const lines = series.map(
      ({ at, estimate, low, high }, row) =>
        html`<g class="series-${at % 6}">${
          low !== null &&
          high !== null &&
          html`<line class="line" x1="${place(low)}" x2="${place(high)}" y1="${middle(row)}" y2="${middle(row)}"/>`
        }<svg x="${place(estimate)}" y="${middle(row)}" overflow="visible">${mark(at, 0, 0)}</svg></g>`,
    );
    return html`<div class="whisker-row"><span>${label}</span><svg class="whiskers" height="${series.length * LINE + GAP}" role="img"><title>${spoken(label, series)}</title>${grid}${lines}</svg></div>
`;
  });
  const axis = ticks.map(
    (tick) => html`<text x="${place(tick)}" y="13" text-anchor="middle">${tickText(tick, ticks)}</text>`,
  );
  return html`<div class="whisker-rows">${rows}<div class="whisker-row whisker-axis"><span></span><svg class="whiskers" height="18" aria-hidden="true">${axis}</svg></div></div>
`;
}

const middle = (row: number): number => row * LINE + (LINE + GAP) / 2;

/** For those who cannot see it. */
function spoken(label: string, series: readonly PlottedRatio[]): string {
  return `${label}: ${series
    .map(({ estimate, low, high }) =>
      low === null || high === null
        ? estimate.toFixed(3)
        : `${estimate.toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}`,
    )
    .join("; ")} (${count(series.length, "variant")})`;
}

/** Ratios around the least and the most, 1 among them: near to each other round percents, further apart powers of two or ten. */
export function ratioTicks(least: number, most: number): number[] {
  const spread = most / least;
  if (spread < 2.5) {
    // In parts per thousand, which are whole numbers.
    const ticks = linearTicks((least - 1) * 1000, (most - 1) * 1000, 4);
    return [...new Set([...ticks, 0])].sort((a, b) => a - b).map((tick) => 1 + tick / 1000);
  }
  const base = spread < 40 ? 2 : 10;
  const [first, last] = [Math.floor(logOf(least, base)), Math.ceil(logOf(most, base))];
  return Array.from({ length: last - first + 1 }, (_, at) => base ** (first + at));
}

const logOf = (value: number, base: number): number =>
  // Rounded, since the logarithm of 8 to the base of 2 is 2.0794415416798357 / 0.6931471805599453.
  Number((Math.log(value) / Math.log(base)).toFixed(9));

/** Near to each other as percents, else as factors. */
function tickText(tick: number, ticks: readonly number[]): string {
  if (tick === 1) return "1";
  if ((ticks.at(-1) ?? 1) / (ticks[0] ?? 1) < 4 && ticks.some((one) => !Number.isInteger(Math.log2(one)))) {
    const percent = Number(((tick - 1) * 100).toFixed(1));
    return `${percent < 0 ? "-" : "+"}${Math.abs(percent)} %`;
  }
  return tick > 1 ? `× ${tick}` : `÷ ${Number((1 / tick).toFixed(6))}`;
}
