import { createHash } from "node:crypto";
import { html, Markup } from "./markup.ts";
import { type Section, sectionMarkup } from "./parts.ts";

/** What a document is made of beside what it tells: the script and the style that stand in it. */
export interface Materials {
  readonly script: string;
  readonly style: string;
}

/** What a document tells. */
export interface Contents {
  /** Of the window. */
  readonly title: string;
  /** What stands above the sections. */
  readonly summary: Markup;
  readonly sections: readonly Section[];
  /** The last line. */
  readonly footer: string;
}

/**
 * One HTML document that needs nothing else: no network, no file. Its Content Security Policy lets in its own script and style
 * alone, by their digests, and pictures that stand in it.
 */
export function renderShell(
  { title, summary, sections, footer }: Contents,
  { script, style }: Materials,
): string {
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<nav aria-label="Sections"><ul>${sections.map(({ id, short }) => html`<li><a href="#${id}">${short}</a></li>`)}</ul><button type="button" id="theme" hidden>Dark</button></nav>
<main id="content">
${summary}${sections.map(sectionMarkup)}</main>
<footer><p>${footer}</p></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`.text
  }`;
}

/** How a Content Security Policy names a script or a style that stands in the document, without quotes. */
export function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
