import { createHash } from "node:crypto";
import type { RunResult } from "../../harness/core/run-result.ts";
import { anatomy } from "./anatomy.ts";
import { cases, failedCases } from "./cases.ts";
import { configuration } from "./configuration.ts";
import { deliveries } from "./deliveries.ts";
import { failures, type Pictures } from "./failures.ts";
import { generator } from "./generator.ts";
import { history } from "./history.ts";
import { overTime, spectrum } from "./latency.ts";
import { html, Markup } from "./markup.ts";
import { memoryOfServer } from "./memory.ts";
import { type Section, sectionMarkup } from "./parts.ts";
import { sideBySide } from "./side-by-side.ts";
import { summary } from "./summary.ts";
import { thresholds } from "./thresholds.ts";

/** What a document is made of beside the result: the script and the style that stand in it. */
export interface Materials {
  readonly script: string;
  readonly style: string;
}

/**
 * A run as one HTML document that needs nothing else: no network, no file. Its Content Security Policy lets in its own script
 * and style alone, by their digests, and pictures that stand in it.
 *
 * @param pictures of failures
 */
export function renderDocument(result: RunResult, { script, style }: Materials, pictures: Pictures): string {
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const sections = sectionsOf(result, pictures);
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${result.scenario}: ${result.verdict} · bench report</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<nav aria-label="Sections"><ul>${sections.map(({ id, short }) => html`<li><a href="#${id}">${short}</a></li>`)}</ul><button type="button" id="theme" hidden>Dark</button></nav>
<main id="content">
${summary(result)}${sections.map(sectionMarkup)}</main>
<footer><p>Rendered by bench ${result.environment.benchVersion} from the result alone.</p></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`.text
  }`;
}

function sectionsOf(result: RunResult, pictures: Pictures): Section[] {
  const measured = result.cases === undefined;
  const all = [
    ...(measured ? [failures(result, pictures), sideBySide(result)] : [failedCases(result), cases(result)]),
    spectrum(result),
    overTime(result),
    history(result),
    anatomy(result),
    memoryOfServer(result),
    deliveries(result),
    thresholds(result),
    generator(result),
    configuration(result),
  ];
  return all.filter((section) => section !== null);
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
