import type { DistributionMetric, OverTime } from "../../harness/core/metric.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { find } from "../figure-rows.ts";
import { type ToldLatency, toldLatencies } from "../latency-rows.ts";
import { percentileSpectrum } from "../percentiles.ts";
import { integer, time } from "../quantities.ts";
import { html, jsonMarkup, type Markup } from "./markup.ts";
import { details, legend, modeName, type Section, tableMarkup } from "./parts.ts";

/** With fewer intervals there is no course to see. */
const LEAST_INTERVALS = 4;

/** What `page.js` draws: lines of points, `null` where a line is interrupted. Times are milliseconds. */
interface Chart {
  readonly kind: "spectrum" | "time";
  readonly lines: readonly {
    readonly label: string;
    /** Which colour and dash it has: the mode's place in the run. */
    readonly at: number;
    /** Whether it belongs to the line before it, as its median. */
    readonly isMedian: boolean;
    readonly points: readonly (readonly [x: number, y: number | null])[];
  }[];
}

interface Measured {
  readonly mode: string;
  readonly at: number;
  readonly metric: DistributionMetric;
}

/** How latencies are distributed, to the last sample. */
export function spectrum(result: RunResult): Section | null {
  const charts = toldLatencies(result).flatMap((told) => {
    const chart = spectrumChart(measuredIn(result, told));
    return chart === null ? [] : [figure(result, told, chart, "spectrum")];
  });
  if (charts.length === 0) return null;
  return {
    id: "latency",
    title: "Latency: percentile spectrum",
    short: "Latency",
    lead: "From when an action was due, not from when a busy generator got round to it, to the maximum. Both axes are logarithmic: each step to the right is ten times rarer.",
    body: [legend(result.configuration.modes), html`<div class="charts">${charts}</div>`],
  };
}

/** How latencies went over the time of a mode. */
export function overTime(result: RunResult): Section | null {
  const beganAtMs = beginnings(result);
  const charts = toldLatencies(result).flatMap((told) => {
    const chart = timeChart(measuredIn(result, told), beganAtMs);
    return chart === null ? [] : [figure(result, told, chart, "time")];
  });
  if (charts.length === 0) return null;
  return {
    id: "over-time",
    title: "Latency over time",
    short: "Over time",
    lead: "By when actions were due, in seconds since the first of all in its mode: the 99th percentile, and thinner the median, of each interval.",
    body: [legend(result.configuration.modes), html`<div class="charts">${charts}</div>`],
  };
}

function measuredIn({ metrics, configuration: { modes } }: RunResult, { name }: ToldLatency): Measured[] {
  return modes.flatMap((mode, at) => {
    const metric = find(metrics, name, mode, "distribution");
    return metric === undefined ? [] : [{ mode, at, metric }];
  });
}

function figure(result: RunResult, told: ToldLatency, chart: Chart, kind: Chart["kind"]): Markup {
  const what = kind === "spectrum" ? "percentile spectrum" : "over time";
  const label = `${told.label}, ${what}`;
  return html`<figure><figcaption><h3>${told.label}</h3></figcaption>
<div class="chart" role="img" aria-label="${label}" data-chart="${kind}"><script type="application/json">${jsonMarkup(chart)}</script></div>
${kind === "spectrum" && details("As a table", percentileTable(label, measuredIn(result, told)))}</figure>
`;
}

function percentileTable(label: string, measured: readonly Measured[]): Markup {
  const columns = ["p50", "p90", "p99", "p999", "max"] as const;
  const rows = measured.map(
    ({ mode, at, metric }) =>
      html`<tr><th scope="row">${modeName(mode, at)}</th><td class="figure">${integer(metric.values.count)}</td>${columns.map((column) => html`<td class="figure">${time(metric.values[column])}</td>`)}</tr>`,
  );
  const head = ["Mode", "Samples", "p50", "p90", "p99", "p99.9", "Maximum"];
  return tableMarkup(label, head, html`<tbody>${rows}</tbody>`);
}

function spectrumChart(measured: readonly Measured[]): Chart | null {
  const lines = measured.flatMap(({ mode, at, metric }) => {
    const points = percentileSpectrum(metric)?.map(({ above, value }) => [above, value / 1000] as const);
    return points === undefined ? [] : [{ label: mode, at, isMedian: false, points }];
  });
  return lines.length === 0 ? null : { kind: "spectrum", lines };
}

function timeChart(measured: readonly Measured[], beganAtMs: ReadonlyMap<string, number>): Chart | null {
  const courses = measured.flatMap(({ mode, at, metric: { overTime } }) =>
    overTime === undefined ? [] : [{ mode, at, course: overTime }],
  );
  if (!courses.some(({ course }) => course.points.length >= LEAST_INTERVALS)) return null;
  return {
    kind: "time",
    lines: courses.flatMap(({ mode, at, course }) => {
      const sinceMs = course.beganAtMs - (beganAtMs.get(mode) ?? course.beganAtMs);
      return [
        { label: mode, at, isMedian: false, points: pointsOver(course, sinceMs, "p99") },
        { label: `${mode}, p50`, at, isMedian: true, points: pointsOver(course, sinceMs, "p50") },
      ];
    }),
  };
}

/** A course in seconds and milliseconds, interrupted where an interval had no sample. */
function pointsOver({ points, intervalMs }: OverTime, sinceMs: number, of: "p50" | "p99") {
  return points.flatMap((point, index): (readonly [number, number | null])[] => {
    const seconds = (sinceMs + point.atMs) / 1000;
    const next = points[index + 1];
    const isLast = next === undefined || next.atMs === point.atMs + intervalMs;
    const here = [seconds, point[of] / 1000] as const;
    return isLast ? [here] : [here, [seconds + intervalMs / 1000, null]];
  });
}

/** When each mode's first sample was due: in milliseconds since the Unix epoch. */
function beginnings({ metrics }: RunResult): Map<string, number> {
  const began = new Map<string, number>();
  for (const metric of metrics) {
    if (metric.kind !== "distribution" || metric.overTime === undefined || metric.mode === undefined)
      continue;
    const { beganAtMs } = metric.overTime;
    began.set(metric.mode, Math.min(beganAtMs, began.get(metric.mode) ?? beganAtMs));
  }
  return began;
}
