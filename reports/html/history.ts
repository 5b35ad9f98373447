import type { RunResult } from "../../harness/core/run-result.ts";
import { type HistoryLines, historyLines } from "../history-lines.ts";
import { integer, memory } from "../quantities.ts";
import { html, type Markup } from "./markup.ts";
import { details, legend, modeName, type Section, tableMarkup } from "./parts.ts";
import { plot } from "./plot.ts";

/** What operations cost as the list on the page grows, where the run has measured that. */
export function history(result: RunResult): Section | null {
  const all = historyLines(result);
  if (all.length === 0) return null;
  return {
    id: "history",
    title: "Payload over history",
    short: "Payload",
    lead: "Bytes that one viewer receives for one operation, the most frequent size, with more and more messages on the page. Both axes are logarithmic: a flat line does not care about the history.",
    body: [legend(result.configuration.modes), html`<div class="charts three">${all.map(figure)}</div>`],
  };
}

function figure({ title, lines }: HistoryLines): Markup {
  const shown = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.shown)))].sort(
    (a, b) => a - b,
  );
  const drawing = plot({
    width: 340,
    title: `${title}: bytes by messages on the page`,
    x: { kind: "log", label: "messages on the page", tick: integer, ticks: shown },
    y: {
      kind: "log",
      label: "bytes",
      tick: (bytes) => (bytes < 1000 ? integer(bytes) : memory(bytes).replace(".0 ", " ")),
    },
    series: lines.map(({ at, points }) => ({
      at,
      points: points.map((point) => ({ x: point.shown, y: point.bytes })),
    })),
  });
  const rows = lines.map(
    ({ mode, at, points }) =>
      html`<tr><th scope="row">${modeName(mode, at)}</th>${shown.map((number) => {
        const point = points.find((one) => one.shown === number);
        return html`<td class="figure">${point === undefined ? "—" : integer(point.bytes)}</td>`;
      })}</tr>`,
  );
  const table = tableMarkup(
    `${title}, by messages on the page`,
    ["Mode", ...shown.map(integer)],
    html`<tbody>${rows}</tbody>`,
  );
  return html`<figure><figcaption><h3>${title}</h3></figcaption>${drawing}
${details("As a table", table)}</figure>
`;
}
