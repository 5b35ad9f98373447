import { type CompareReport, turnName } from "../../harness/core/compare-report.ts";
import { crowdFacts, machineFacts, versionFacts } from "../caption.ts";
import { probability } from "../gate/words.ts";
import { type Content, html, type Markup } from "../html/markup.ts";
import { plainMaterials } from "../html/materials.ts";
import { details, modeName, type Section, tableMarkup } from "../html/parts.ts";
import { renderShell } from "../html/shell.ts";
import { count, instant, NO_VALUE } from "../quantities.ts";
import { groupsOf, type LabelledFigure } from "./groups.ts";
import { intervalPlot } from "./interval-plot.ts";
import {
  between,
  figureWords,
  headline,
  methodLines,
  percentRange,
  strengths,
  titleFacts,
  valueText,
} from "./words.ts";

/** A comparison as one HTML file that opens from disk and asks nobody for anything. */
export function renderCompareHtml(report: CompareReport): string {
  const sections = [figures(report), intervals(report), pairs(report), configuration(report)];
  return renderShell(
    {
      title: `${report.scenario} compared · bench report`,
      summary: summary(report),
      sections: sections.filter((section) => section !== null),
      footer: `Rendered by bench ${report.environment.benchVersion} from the comparison alone.`,
    },
    plainMaterials(),
  );
}

function summary(report: CompareReport): Markup {
  const [scenario = "", ...facts] = titleFacts(report);
  const { template } = report.configuration;
  return html`<header class="summary">
<p class="kind">bench compare</p>
<h1>${scenario}</h1>
<p class="verdict"><span>${headline(report)}.</span></p>
${report.notes.length > 0 && html`<ul class="reasons">${report.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
<p class="facts">${facts.join(" · ")}<br>${crowdFacts(report).join(" · ")}<br>Measured on ${template}</p>
<dl class="notes strengths">${strengths(report).map(({ name, parts }) => {
    const at = report.variants.findIndex((variant) => variant.name === name);
    return html`<dt>${at === -1 ? name : modeName(name, at)}</dt><dd>${parts.map((part) => html`<div>${part}</div>`)}</dd>`;
  })}</dl>
</header>
`;
}

function figures(report: CompareReport): Section {
  const columns = report.variants.length + 2;
  const body = groupsOf(report).map(
    ({ heading, figures: own }) =>
      html`<tbody><tr><th class="group" scope="rowgroup" colspan="${columns}"><span>${heading}</span></th></tr>
${own.map((one) => figureRow(one, report))}</tbody>
`,
  );
  return {
    id: "figures",
    title: "Side by side",
    short: "Figures",
    lead: methodLines(report).join(" "),
    body: tableMarkup(
      "Figures by variant",
      [
        html`<span class="unseen">Figure</span>`,
        ...report.variants.map(({ name }, at) => modeName(name, at)),
        "Better, by how much",
      ],
      body,
      "comparison",
    ),
  };
}

function figureRow({ label, figure }: LabelledFigure, report: CompareReport): Markup {
  const isMarked = figure.outcome === "best" || figure.outcome === "shared";
  const cells = figure.estimates.map(({ value }, at) => {
    const isBest = isMarked && figure.best.includes(at);
    return html`<td class="figure"><span class="${isBest ? "good" : "plain"}">${valueText(value, figure)}</span>${isBest && html`<span class="unseen"> (best)</span>`}</td>`;
  });
  const { who, by, within } = figureWords(figure, report);
  return html`<tr><th scope="row">${label}</th>${cells}<td class="figure"><span class="${isMarked ? "good" : "dim"}">${who}</span> ${by} ${within !== "" && html`<small>(${within})</small>`}</td></tr>
`;
}

/** What noise leaves open, drawn: each variant in terms of the first one. */
function intervals(report: CompareReport): Section | null {
  const groups = groupsOf(report).flatMap(({ heading, figures: own }) => {
    const plotted = own.flatMap(({ label, figure }) => {
      const series = report.variants.slice(1).flatMap((_, index) => {
        const contrast = between(figure, index + 1, 0);
        return contrast === null || contrast.scale === "difference" ? [] : [{ at: index + 1, ...contrast }];
      });
      return series.length === 0 ? [] : [{ label, series }];
    });
    return plotted.length === 0
      ? []
      : [
          html`<figure class="wide"><figcaption><h3>${heading}</h3></figcaption>${intervalPlot(plotted)}</figure>`,
        ];
  });
  if (groups.length === 0) return null;
  const [first, ...others] = report.variants;
  return {
    id: "intervals",
    title: `In terms of ${first?.name ?? ""}`,
    short: "Intervals",
    lead: `What the others need where ${first?.name ?? ""} needs 1, and the 95 % confidence interval of that. A line that crosses 1 shows no difference; one that just does not may still be chance where many figures are compared, and then nobody is named above. Without a line it is exact, or there were too few repeats.`,
    body: [legendOf(others.map(({ name }) => name)), groups],
  };
}

/** The variants but the first, each in its own colour. */
const legendOf = (names: readonly string[]): Markup =>
  html`<p class="legend">${names.map((name, at) => modeName(name, at + 1))}</p>`;

function pairs(report: CompareReport): Section | null {
  const rows = groupsOf(report).flatMap(({ figures: own }) =>
    own.flatMap(({ label, figure }) =>
      figure.contrasts.map((contrast) => {
        const { first, second, p, adjustedP } = contrast;
        const { estimate, interval } = percentRange(contrast, figure);
        const cells: Content[] = [
          report.variants[second]?.name,
          report.variants[first]?.name,
          estimate,
          interval,
          p === null ? (figure.exact ? "exact" : NO_VALUE) : probability(p),
          adjustedP === null ? NO_VALUE : probability(adjustedP),
        ];
        return html`<tr><th scope="row">${label}</th>${cells.map((cell) => html`<td class="figure">${cell}</td>`)}</tr>`;
      }),
    ),
  );
  if (rows.length === 0) return null;
  return {
    id: "pairs",
    title: "Every pair",
    short: "Pairs",
    body: details(
      `All pairs: ${rows.length}`,
      tableMarkup(
        "Every pair",
        ["Figure", "This", "against", "differs by", "95 % interval", "p", "p by Holm"],
        html`<tbody>${rows}</tbody>`,
      ),
    ),
  };
}

function configuration(report: CompareReport): Section {
  const { variants, order, seed } = report;
  const facts: readonly (readonly [label: string, value: string])[] = [
    ["Machine", machineFacts(report).join(" · ")],
    ["Versions", versionFacts(report).join(" · ")],
    ["Seed", String(seed)],
    ...variants.map(
      ({ name, runs, startedAt }) =>
        [
          name,
          `${count(runs, "run")}, from ${instant(startedAt[0] ?? "")} to ${instant(startedAt.at(-1) ?? "")}`,
        ] as const,
    ),
    ...(order === undefined
      ? []
      : [
          [
            "Order of the runs",
            `${order.turns.map((at) => turnName(report, at)).join(", ")}; drawn from seed ${order.seed}`,
          ] as const,
        ]),
  ];
  return {
    id: "configuration",
    title: "Configuration and machine",
    short: "Configuration",
    body: html`<dl class="notes wide">${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`,
  };
}
