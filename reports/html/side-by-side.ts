import { modeFacts } from "../../harness/core/modes.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { comparisonRows } from "../comparison.ts";
import { forTimes, QUESTION, streamsOrNot } from "../streams-or-not.ts";
import type { Cell, Row } from "../table.ts";
import { html, type Markup } from "./markup.ts";
import { bar, figureMarkup, modeName, type Section, tableMarkup } from "./parts.ts";

/** The table of the text report, with a bar under what can be ranked. */
export function sideBySide(result: RunResult): Section {
  const { modes } = result.configuration;
  const groups = grouped(comparisonRows(result, Number.POSITIVE_INFINITY));
  const body = groups.map(
    ({
      heading,
      rows,
    }) => html`<tbody><tr><th class="group" scope="rowgroup" colspan="${modes.length + 1}"><span>${heading}</span></th></tr>
${rows.map(rowMarkup)}</tbody>
`,
  );
  const notes = modes.flatMap((mode, at) => {
    const { cannot = [] } = modeFacts(mode) ?? {};
    return cannot.length === 0
      ? []
      : [html`<dt>${modeName(mode, at)}</dt><dd>cannot ${cannot.join("; cannot ")}</dd>`];
  });
  const [answers, times] = [streamsOrNot(result), forTimes(result)];
  return {
    id: "modes",
    title: modes.length === 1 ? "Figures" : "Modes side by side",
    short: modes.length === 1 ? "Figures" : "Modes",
    lead: "Sizes are exact: the same on every run with the same seed. Bars compare within a row; the lowest is set in bold. Times are noise beyond this run.",
    body: [
      tableMarkup(
        "Figures by mode",
        [html`<span class="unseen">Figure</span>`, ...modes.map(modeName)],
        body,
        modes.length > 4 ? "comparison" : "comparison roomy",
      ),
      answers.length > 0 &&
        html`<h3>${QUESTION}</h3><dl class="notes">${answers.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>${times !== null && html`<p class="lead">${times}</p>`}`,
      notes.length > 0 && html`<h3>What a mode cannot do</h3><dl class="notes">${notes}</dl>`,
    ],
  };
}

function rowMarkup({ label, cells = [] }: Row): Markup {
  const ranks = cells.flatMap(({ rank }) => (rank === undefined ? [] : [rank]));
  // Bars of one length say nothing.
  const most = new Set(ranks).size > 1 ? Math.max(...ranks) : 0;
  const isIndented = label.startsWith("  ");
  return html`<tr><th scope="row"${isIndented && html` class="indented"`}>${label.trim()}</th>${cells.map((cell) => html`<td class="figure">${figureMarkup(cell)}${most > 0 && barOf(cell, most)}</td>`)}</tr>
`;
}

function barOf({ rank, style }: Cell, most: number): Markup | undefined {
  return rank === undefined ? undefined : bar(rank / most, style === "good" ? "lowest" : "other");
}

function grouped(rows: readonly Row[]): { readonly heading: string; readonly rows: readonly Row[] }[] {
  const groups: { heading: string; rows: Row[] }[] = [];
  for (const row of rows) {
    if (row.cells === undefined) groups.push({ heading: row.label, rows: [] });
    else groups.at(-1)?.rows.push(row);
  }
  return groups;
}
