import { type Content, html, type Markup } from "./markup.ts";

/** A point of a plot, in the units of its axes. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/** What is drawn for one mode. */
export interface PlotSeries {
  /** Which colour and mark it has: the mode's place in the run. */
  readonly at: number;
  readonly points: readonly PlotPoint[];
  /** Whether points are joined. Default: yes. */
  readonly joined?: boolean;
  /** A straight line through the plot, with the bounds between which it may lie. */
  readonly fit?: { readonly from: PlotPoint; readonly to: PlotPoint; readonly band: readonly PlotPoint[] };
}

/** An axis. */
export interface PlotAxis {
  readonly kind: "linear" | "log";
  /** What it shows, below or above the plot. */
  readonly label: string;
  readonly tick: (value: number) => string;
  /** The ticks of a scale that has own ones. Default: round numbers. */
  readonly ticks?: readonly number[];
}

/** A plot. */
export interface Plot {
  /** For those who cannot see it. */
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  /** In units of which a letter is 12 high: how wide it is at most on the screen. */
  readonly width: number;
}

const HEIGHT = 250;
const EDGE = { left: 62, right: 14, top: 30, bottom: 44 };

interface Scale {
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** Lines and points between two axes, as SVG that takes its colours from the document. */
export function plot({ title, x, y, series, width }: Plot): Markup {
  const points = series.flatMap((one) => [
    ...one.points,
    ...(one.fit === undefined ? [] : [one.fit.from, one.fit.to]),
  ]);
  const across = scale(
    x,
    points.map((point) => point.x),
    [EDGE.left, width - EDGE.right],
    5,
  );
  const up = scale(
    y,
    points.map((point) => point.y),
    [HEIGHT - EDGE.bottom, EDGE.top],
    5,
  );
  const bottom = HEIGHT - EDGE.bottom;
  return html`<svg class="plot" viewBox="0 0 ${width} ${HEIGHT}" role="img"><title>${title}</title>
<text class="axis-label" x="${EDGE.left}" y="14">${y.label}</text>
<text class="axis-label" x="${width - EDGE.right}" y="${HEIGHT - 6}" text-anchor="end">${x.label}</text>
${up.ticks.map((tick) => {
  const at = round(up.place(tick));
  return html`<line class="grid" x1="${EDGE.left}" x2="${width - EDGE.right}" y1="${at}" y2="${at}"/><text class="tick" x="${EDGE.left - 8}" y="${at + 4}" text-anchor="end">${y.tick(tick)}</text>`;
})}
<line class="axis" x1="${EDGE.left}" x2="${width - EDGE.right}" y1="${bottom}" y2="${bottom}"/>
${across.ticks.map(
  (tick) =>
    html`<line class="axis" x1="${round(across.place(tick))}" x2="${round(across.place(tick))}" y1="${bottom}" y2="${bottom + 4}"/><text class="tick" x="${round(across.place(tick))}" y="${bottom + 18}" text-anchor="middle">${x.tick(tick)}</text>`,
)}
${series.map((one) => drawn(one, across, up))}
</svg>`;
}

function drawn({ at, points, joined = true, fit }: PlotSeries, across: Scale, up: Scale): Content {
  const place = (point: PlotPoint) => `${round(across.place(point.x))},${round(up.place(point.y))}`;
  return html`<g class="series-${at % 6}">${
    fit && [
      html`<polygon class="band" points="${fit.band.map(place).join(" ")}"/>`,
      html`<polyline class="line" points="${[fit.from, fit.to].map(place).join(" ")}"/>`,
    ]
  }${joined && html`<polyline class="line" points="${points.map(place).join(" ")}"/>`}${points.map((point) =>
    mark(at, across.place(point.x), up.place(point.y)),
  )}</g>`;
}

/** The mark of a mode, so that its colour is not needed to tell it. */
export function mark(at: number, x: number, y: number): Markup {
  const to = (dx: number, dy: number) => `${round(x + dx)},${round(y + dy)}`;
  switch (at % 6) {
    case 0:
      return html`<circle class="mark" cx="${round(x)}" cy="${round(y)}" r="3.4"/>`;
    case 1:
      return html`<rect class="mark" x="${round(x - 3)}" y="${round(y - 3)}" width="6" height="6"/>`;
    case 2:
      return html`<polygon class="mark" points="${to(0, -4.2)} ${to(4, 3)} ${to(-4, 3)}"/>`;
    case 3:
      return html`<polygon class="mark" points="${to(0, -4.4)} ${to(4.4, 0)} ${to(0, 4.4)} ${to(-4.4, 0)}"/>`;
    case 4:
      return html`<polygon class="mark" points="${to(0, 4.2)} ${to(4, -3)} ${to(-4, -3)}"/>`;
    default:
      return html`<circle class="mark hollow" cx="${round(x)}" cy="${round(y)}" r="3.2"/>`;
  }
}

function scale(
  { kind, ticks: own }: PlotAxis,
  values: readonly number[],
  [from, to]: readonly [number, number],
  wanted: number,
): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ticks = own ?? (kind === "log" ? logTicks(least, most) : linearTicks(least, most, wanted));
  const [low, high] = [Math.min(least, ticks[0] ?? least), Math.max(most, ticks.at(-1) ?? most)];
  const along = kind === "log" ? Math.log10 : (value: number) => value;
  const span = along(high) - along(low) || 1;
  return { ticks, place: (value) => from + ((along(value) - along(low)) / span) * (to - from) };
}

/** Round numbers around values: their distance is 1, 2 or 5 times a power of ten. */
export function linearTicks(least: number, most: number, wanted: number): number[] {
  const rough = (most - least || Math.abs(most) || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** Powers of ten around positive values; within two of them twice and five times these as well. */
export function logTicks(least: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const powers = Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
  if (powers.length > 4) return powers;
  const all = powers.flatMap((power) =>
    powers.length > 3 ? [power, 3 * power] : [power, 2 * power, 5 * power],
  );
  const below = all.findLastIndex((tick) => tick <= least);
  const above = all.findIndex((tick) => tick >= most);
  return all.slice(Math.max(0, below), above === -1 ? undefined : above + 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
