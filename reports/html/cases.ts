import type { CaseDifference } from "../../harness/core/case-result.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { caseCell, letterOf, reasonsIn } from "../case-table.ts";
import { count } from "../quantities.ts";
import { html, type Markup } from "./markup.ts";
import { figureMarkup, modeName, type Section, tableMarkup } from "./parts.ts";

/** The cases by mode, and why some were not done. */
export function cases({ cases: all, configuration: { modes } }: RunResult): Section | null {
  if (all === undefined || all.length === 0) return null;
  const reasons = reasonsIn(all);
  const rows = all.map(
    ({ id, name, source, modes: outcomes }) =>
      html`<tr><th scope="row"><b>${id}</b> ${name}${source !== undefined && html` <small>${source}</small>`}</th>${modes.map(
        (mode) => {
          const { text, mark } = caseCell(outcomes[mode], reasons);
          return html`<td class="figure">${figureMarkup(mark === undefined ? { text } : { text, style: mark })}</td>`;
        },
      )}</tr>`,
  );
  return {
    id: "cases",
    title: "Cases",
    short: "Cases",
    body: [
      tableMarkup("Cases by mode", ["Case", ...modes.map(modeName)], html`<tbody>${rows}</tbody>`, "cases"),
      reasons.length > 0 &&
        html`<h3>Not done, and no part of the verdict, because</h3><dl class="notes">${reasons.map((reason, at) => html`<dt>${letterOf(at)}</dt><dd>${reason}</dd>`)}</dl>`,
    ],
  };
}

/** The cases that failed, with what had to be there and what was. */
export function failedCases({ cases: all = [] }: RunResult): Section | null {
  const failed = all.flatMap(({ id, name, modes }) =>
    Object.entries(modes).flatMap(([mode, outcome]) =>
      outcome.outcome === "failed" ? [{ id, name, mode, differences: outcome.differences }] : [],
    ),
  );
  if (failed.length === 0) return null;
  return {
    id: "failures",
    title: "Failed cases",
    short: "Failures",
    lead: `${count(failed.length, "case")} failed: the first difference of each who saw one.`,
    body: failed.map(
      ({
        id,
        name,
        mode,
        differences,
      }) => html`<article class="failure"><h3>${id} in ${mode} <small>${name}</small></h3>
${differences.map(difference)}</article>
`,
    ),
  };
}

function difference({ who, step, what, expected, actual }: CaseDifference): Markup {
  const places = Array.from({ length: Math.max(expected.length, actual.length, 1) }, (_, at) => at);
  const rows = places.map(
    (at) =>
      html`<tr${expected[at] !== actual[at] && html` class="wrong"`}><th scope="row">${at}</th><td>${expected[at] ?? html`<i>end</i>`}</td><td>${actual[at] ?? html`<i>end</i>`}</td></tr>`,
  );
  return html`<p>${who === "user" ? "Simulated user" : who}, ${step}: ${what}</p>
${tableMarkup(`${what}, expected and actual`, ["Place", "Expected", "Actual"], html`<tbody>${rows}</tbody>`, "lists")}`;
}
