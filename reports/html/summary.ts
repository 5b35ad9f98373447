import { METRIC_NAMES } from "../../harness/core/metric-names.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { crowdFacts, titleFacts } from "../caption.ts";
import { count, integer, time } from "../quantities.ts";
import { verdictWords } from "../verdict.ts";
import { html, type Markup } from "./markup.ts";

/** What was run, the verdict in a sentence, and what it rests on. */
export function summary(result: RunResult): Markup {
  const [scenario = "", ...facts] = titleFacts(result);
  const { template, target } = result.configuration;
  const { reasons } = verdictWords(result);
  return html`<header class="summary">
<p class="kind">bench report</p>
<h1>${scenario}</h1>
<p class="verdict ${result.verdict}"><strong>${result.verdict}</strong> <span>${sentence(result)}</span></p>
${reasons.length > 0 && html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<p class="facts">${facts.join(" · ")}<br>${crowdFacts(result).join(" · ")}<br>Measured on ${template}${target !== undefined && html` at ${target}`}</p>
<dl class="tiles">${tiles(result).map(
    ({ label, value, note, isBad }) =>
      html`<div${isBad && html` class="is-bad"`}><dt>${label}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>
</header>
`;
}

/** The verdict in one sentence. */
export function sentence({ verdict, checks, thresholds, cases }: RunResult): string {
  const made = `${count(checks.made, "check")} made`;
  const broken = thresholds.filter(({ passed, level }) => !passed && level === "error").length;
  switch (verdict) {
    case "passed":
      return cases === undefined
        ? `Everybody saw what they should: ${made}, none failed${held(thresholds)}.`
        : `Every case that was done held: ${made}, none failed.`;
    case "failed": {
      const wrong =
        checks.failed === 0
          ? checks.made === 0
            ? "No check was made"
            : `None of ${count(checks.made, "check")} failed`
          : `Somebody saw something wrong: ${integer(checks.failed)} of ${count(checks.made, "check")} failed`;
      const crossed =
        broken === 0 ? "" : `, ${count(broken, "threshold")} of ${integer(thresholds.length)} crossed`;
      return `${wrong}${crossed}.`;
    }
    case "void":
      return `The harness was the bottleneck, so no figure here can be believed; ${integer(checks.failed)} of ${count(checks.made, "check")} failed.`;
    case "interrupted":
      return `It ended before its end: what was measured by then is here; ${integer(checks.failed)} of ${count(checks.made, "check")} failed.`;
    default:
      return verdict satisfies never;
  }
}

function held(thresholds: RunResult["thresholds"]): string {
  const [of, many] = [thresholds.length, thresholds.filter(({ passed }) => passed).length];
  if (of === 0) return "";
  // Those that only warn may be crossed.
  if (many < of) return `, and ${many} of ${count(of, "threshold")} held`;
  return `, and ${of === 1 ? "the threshold" : `all ${of} thresholds`} held`;
}

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly isBad: boolean;
}

function tiles({ checks, thresholds, metrics, generator, cases }: RunResult): Tile[] {
  const total = (name: string) => {
    const all = metrics.flatMap((metric) =>
      metric.kind === "counter" && metric.name === name ? [metric] : [],
    );
    return all.length === 0 ? undefined : all.reduce((sum, { values }) => sum + values.value, 0);
  };
  const held = thresholds.filter(({ passed }) => passed).length;
  const expected = total(METRIC_NAMES.deliveryExpected);
  const lost = total(METRIC_NAMES.deliveryLost) ?? 0;
  const twice = total(METRIC_NAMES.deliveryDuplicated) ?? 0;
  const cpu = Math.max(...generator.processes.map(({ cpuPercent }) => Math.round(cpuPercent)));
  const late = Math.max(...generator.processes.map(({ loopDelayUs }) => loopDelayUs?.p99 ?? 0));
  return [
    {
      label: cases === undefined ? "Checks" : "Checks of cases",
      value: integer(checks.made),
      note: checks.failed === 0 ? "none failed" : `${integer(checks.failed)} failed`,
      isBad: checks.failed > 0 || checks.made === 0,
    },
    ...(thresholds.length === 0
      ? []
      : [
          {
            label: "Thresholds",
            value: `${held} of ${thresholds.length}`,
            note: "held",
            isBad: thresholds.some(({ passed, level }) => !passed && level === "error"),
          },
        ]),
    ...(expected === undefined || expected === 0
      ? []
      : [
          {
            label: "Deliveries",
            value: integer(expected),
            note: lost + twice === 0 ? "each arrived once" : `${integer(lost)} lost, ${integer(twice)} twice`,
            isBad: lost + twice > 0,
          },
        ]),
    {
      label: "The harness",
      value: `${cpu} %`,
      note: `of a core; ${time(late)} late at p99`,
      isBad: !generator.believable,
    },
  ];
}
