import { html, Markup } from "../html/markup.ts";
import type { Materials } from "../html/shell.ts";

/** The charts over time, by the names that `page.js` has for them. */
const CHARTS = [
  { name: "latency", title: "Latency", unit: "p50, and p99 dashed, of each second" },
  { name: "bytes", title: "Received", unit: "by simulated users, KB a second" },
  { name: "begun", title: "Begun", unit: "a second" },
  { name: "cpu", title: "The harness", unit: "busiest process, % of a core" },
] as const;

/** The page of a run that goes on. What it shows comes by `/events`; without a script it says so. */
export function dashboardDocument(scenario: string, { script, style }: Materials): string {
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${scenario} · bench run</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<nav aria-label="Page"><p class="connection" id="connection" role="status">Connecting</p><button type="button" id="theme" hidden>Dark</button></nav>
<main id="content">
<header class="summary">
<p class="kind">bench run</p>
<h1>${scenario}</h1>
<p class="verdict" id="verdict" role="status" hidden><strong></strong> <span></span></p>
<ul class="reasons" id="reasons" hidden></ul>
<dl class="pair" id="files" hidden></dl>
<p class="facts" id="activity">Starting</p>
<progress id="share" max="1" aria-label="How far the step is" hidden></progress>
<dl class="tiles" id="tiles"></dl>
</header>
<section class="charts" aria-label="Over time">
${CHARTS.map(
  ({ name, title, unit }) =>
    html`<figure><figcaption><h3>${title} <small id="unit-${name}">${unit}</small></h3></figcaption><div class="chart" id="chart-${name}"></div></figure>
`,
)}</section>
<section id="thresholds" aria-labelledby="thresholds-title" hidden>
<h2 id="thresholds-title">Thresholds</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="thresholds-title"><table><caption class="unseen">Thresholds</caption><thead><tr><th scope="col">Metric</th><th scope="col" class="figure">Condition</th><th scope="col" class="figure">Value</th><th scope="col" class="figure">State</th></tr></thead><tbody></tbody></table></div>
</section>
</main>
<footer><p>Figures come once a second while a step is performed. Nothing is measured for this page alone.</p><noscript><p>It needs JavaScript.</p></noscript></footer>
<script>${new Markup(script)}</script>
</body>
</html>
`.text
  }`;
}
