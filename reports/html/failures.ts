import type { Failure } from "../../harness/core/checks.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { CHECK_LABELS } from "../comparison.ts";
import { integer } from "../quantities.ts";
import { type Content, html, type Markup } from "./markup.ts";
import { details, type Section, tableMarkup } from "./parts.ts";

/** How many are to be seen at once. */
const SEEN_FAILURES = 5;
/** How many failures are told in full. The result may hold more of them. */
const TOLD_FAILURES = 40;

/** Pictures that stand in the document, as `data:` URIs, by the name that the result has for their file. */
export type Pictures = ReadonlyMap<string, string>;

/** The first failures, each with both lists side by side, the frame that did it, and the picture. */
export function failures({ checks }: RunResult, pictures: Pictures): Section | null {
  if (checks.failed === 0 || checks.failures.length === 0) return null;
  const told = checks.failures.slice(0, TOLD_FAILURES);
  // A picture is of a viewer at the end of a step: several failures may share it.
  const shown = new Set<string>();
  const articles = told.map((failure, at) => {
    const { screenshot } = failure;
    const picture = screenshot === undefined || shown.has(screenshot) ? undefined : pictures.get(screenshot);
    if (screenshot !== undefined && picture !== undefined) shown.add(screenshot);
    return article(failure, at + 1, picture);
  });
  return {
    id: "failures",
    title: "Failed checks",
    short: "Failures",
    lead: `The first ${told.length === 1 ? "one" : told.length} of ${integer(checks.failed)}. The first divergence of each viewer has both lists and the frame that did it.`,
    body: [
      articles.slice(0, SEEN_FAILURES),
      articles.length > SEEN_FAILURES &&
        details(`${articles.length - SEEN_FAILURES} more`, articles.slice(SEEN_FAILURES)),
    ],
  };
}

function article(failure: Failure, number: number, picture: string | undefined): Markup {
  const { kind, mode, step, who, message, expected, actual, screenshot } = failure;
  return html`<article class="failure"><h3>${number}. ${CHECK_LABELS[kind]} <small>${mode} · ${step} · ${who}</small></h3>
<p>${message}</p>
<dl class="pair"><dt>expected</dt><dd>${expected}</dd><dt>actual</dt><dd>${actual}</dd></dl>
${lists(failure)}${frame(failure)}${files(failure)}
${picture !== undefined && html`<img src="${picture}" alt="What was to be seen in ${who}, in ${mode} after ${step}: ${screenshot}">`}
</article>
`;
}

function lists({ around, index, who }: Failure): Content {
  if (around === undefined) return undefined;
  const rows = around.map(
    (place) =>
      html`<tr${place.index === index && html` class="wrong"`}><th scope="row">${place.index}${place.index === index && html`<span class="unseen"> (first difference)</span>`}</th><td>${place.expected ?? html`<i>end</i>`}</td><td>${place.actual ?? html`<i>end</i>`}</td></tr>`,
  );
  return tableMarkup(
    `The list of ${who}, expected and actual`,
    ["Place", "Expected", "Actual"],
    html`<tbody>${rows}</tbody>`,
    "lists",
  );
}

function frame({ frame, noFrame }: Failure): Content {
  if (noFrame !== undefined) return html`<p class="frame">No frame did it: ${noFrame}</p>`;
  if (frame === undefined) return undefined;
  const { number, of, receivedAt, event, operation, text } = frame;
  const which =
    number === undefined ? "This frame" : `Frame ${number} of ${of ?? number} since all was right`;
  return html`<p class="frame">${which}: a ${event} (${operation}) received at ${receivedAt}</p><pre tabindex="0">${text}</pre>`;
}

function files({ replay, screenshot, dom }: Failure): Content {
  const named = [
    ["frames, for bench replay", replay],
    ["picture", screenshot],
    ["DOM", dom],
  ] as const;
  const there = named.flatMap(([label, file]) =>
    file === undefined ? [] : [html`${label}: <code>${file}</code>`],
  );
  if (there.length === 0) return undefined;
  return html`<p class="files">Beside the result: ${there.map((one, at) => [at > 0 && " · ", one])}</p>`;
}
