import { integer } from "../quantities.ts";
import type { Cell } from "../table.ts";
import { type Content, html, type Markup } from "./markup.ts";
import { mark } from "./plot.ts";

/** A part of the report: a heading and what stands under it. */
export interface Section {
  /** Its address in the document. */
  readonly id: string;
  readonly title: string;
  /** The title where there is little room. */
  readonly short: string;
  /** What to make of it, in a sentence or two. */
  readonly lead?: string;
  readonly body: Content;
}

/** A section with its heading. */
export function sectionMarkup({ id, title, lead, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${lead !== undefined && html`<p class="lead">${lead}</p>`}
${body}</section>
`;
}

/** A table that scrolls by itself where it is too wide, also by keyboard. */
export function tableMarkup(caption: string, head: readonly Content[], body: Content, look = ""): Markup {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="${look}"><caption class="unseen">${caption}</caption>
<thead><tr>${head.map((cell, at) => html`<th scope="col"${at > 0 && html` class="figure"`}>${cell}</th>`)}</tr></thead>
${body}</table></div>
`;
}

/** The name of a mode with its colour and mark. */
export function modeName(mode: string, at: number): Markup {
  return html`<span class="mode series-${at % 6}"><svg class="key" viewBox="0 0 12 12" aria-hidden="true">${mark(at, 6, 6)}</svg>${mode}</span>`;
}

/** What belongs to which mode, for the charts below it. */
export function legend(modes: readonly string[]): Markup {
  return html`<p class="legend">${modes.map(modeName)}</p>`;
}

/** A figure: its main part, and in small what stands behind it in brackets or behind a stroke. What is ranked is marked. */
export function figureMarkup({ text, style, rank }: Cell): Markup {
  const parts = /^(.*?)(?: \((.*)\)| \/ (.*))$/.exec(text);
  const main = parts?.[1] ?? text;
  const rest = parts?.[2] ?? parts?.[3];
  const isRestRanked = rank !== undefined && rest === integer(rank);
  const best = style === "good" && html`<span class="unseen"> (lowest)</span>`;
  const look = style ?? "plain";
  return html`<span class="pair-of"><span class="${isRestRanked ? "plain" : look}">${main}</span> <small class="${isRestRanked ? look : "plain"}">${rest}</small></span>${best}`;
}

/** A bar of so much of the whole, from 0 to 1. */
export function bar(share: number, look: string): Markup {
  const percent = Math.max(0, Math.min(100, Math.round(share * 1000) / 10));
  return html`<svg class="bar ${look}" aria-hidden="true"><rect width="${percent}%" height="100%"/></svg>`;
}

/** More than is to be seen at first. */
export function details(summary: Content, body: Content): Markup {
  return html`<details><summary>${summary}</summary>${body}</details>
`;
}
