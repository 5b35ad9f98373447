import type { SlopeMetric } from "../../harness/core/metric.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { find } from "../figure-rows.ts";
import { SLOPES } from "../memory-rows.ts";
import { integer, memory, NO_VALUE } from "../quantities.ts";
import { html, type Markup } from "./markup.ts";
import { legend, modeName, type Section, tableMarkup } from "./parts.ts";
import { type PlotSeries, plot } from "./plot.ts";

interface Line {
  readonly mode: string;
  readonly at: number;
  readonly metric: SlopeMetric;
}

/** What the server held at different numbers of connections, and the line through that. */
export function memoryOfServer(result: RunResult): Section | null {
  const { metrics, configuration } = result;
  const figures = SLOPES.flatMap(([label, name]) => {
    const lines = configuration.modes.flatMap((mode, at) => {
      const metric = find(metrics, name, mode, "slope");
      return metric === undefined ? [] : [{ mode, at, metric }];
    });
    return lines.length === 0 ? [] : [figure(label, lines)];
  });
  if (figures.length === 0) return null;
  return {
    id: "memory",
    title: "Memory of the server",
    short: "Memory",
    lead: "The heap after a collection of garbage, at different numbers of connections; the slope of the line is what one more costs, with its 95 % confidence.",
    body: [legend(configuration.modes), figures],
  };
}

function figure(label: string, lines: readonly Line[]): Markup {
  const drawn = lines.flatMap(series);
  const drawing =
    drawn.length > 0 &&
    plot({
      width: 470,
      title: `${label}: memory of the server by connections`,
      x: { kind: "linear", label: "connections", tick: integer },
      y: { kind: "linear", label: "memory of the server", tick: (bytes) => `${(bytes / 1e6).toFixed(1)} MB` },
      series: drawn,
    });
  const rows = lines.map(({ mode, at, metric: { values } }) => {
    const { low, high } = values;
    const margin = low === null || high === null ? NO_VALUE : `± ${memory((high - low) / 2)}`;
    return html`<tr><th scope="row">${modeName(mode, at)}</th><td class="figure">${memory(values.perUnit)}</td><td class="figure">${margin}</td><td class="figure">${memory(values.intercept)}</td><td class="figure">${integer(values.count)}</td></tr>`;
  });
  const head = ["Mode", "One more", "95 %", "Without any", "Readings"];
  return html`<figure class="beside"><figcaption><h3>${label}</h3></figcaption><div>${drawing}</div>
${tableMarkup(`${label}, by mode`, head, html`<tbody>${rows}</tbody>`)}</figure>
`;
}

/** The readings of a mode, and its line between them, with the lines of the lowest and the highest slope through its middle. */
function series({ at, metric: { values, points = [] } }: Line): PlotSeries[] {
  if (points.length < 2) return [];
  const { perUnit, intercept, low, high } = values;
  const xs = points.map(({ x }) => x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  const middle = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const on = (x: number) => ({ x, y: intercept + perUnit * x });
  const through = (slope: number, x: number) => ({ x, y: on(middle).y + slope * (x - middle) });
  const band =
    low === null || high === null
      ? []
      : [
          through(low, from),
          on(middle),
          through(low, to),
          through(high, to),
          on(middle),
          through(high, from),
        ];
  return [{ at, points, joined: false, fit: { from: on(from), to: on(to), band } }];
}
