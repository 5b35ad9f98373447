import type { Metric } from "../../harness/core/metric.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import type { Step } from "../../harness/core/step.ts";
import { machineFacts, versionFacts } from "../caption.ts";
import { html } from "./markup.ts";
import { details, type Section, tableMarkup } from "./parts.ts";

/** What was run on what, and every figure of the result. */
export function configuration(result: RunResult): Section {
  const { configuration: configured, metrics, seed, startedAt, schemaVersion } = result;
  const { commit } = result.environment;
  const facts: readonly (readonly [label: string, value: string])[] = [
    ["Machine", machineFacts(result).join(" · ")],
    ["Versions", versionFacts(result).join(" · ")],
    ["Modes", configured.modes.join(", ")],
    ["Measured on", configured.template],
    ...(configured.target === undefined ? [] : [["Target", configured.target] as const]),
    ["Seed", String(seed)],
    ["Began", startedAt],
    ...(commit === undefined
      ? []
      : [["Commit", `${commit.id}${commit.isDirty ? ", with changes" : ""}: ${commit.subject}`] as const]),
    ["Schema of the result", String(schemaVersion)],
  ];
  const steps = configured.steps.map(
    (step, at) =>
      html`<tr><th scope="row">${at + 1}</th><td>${step.kind}</td><td><code>${stepFacts(step)}</code></td></tr>`,
  );
  const figures = metrics.map(
    (metric) =>
      html`<tr><th scope="row"><code>${metric.name}</code></th><td>${metric.mode}</td><td>${metric.unit}</td><td><code>${valuesOf(metric)}</code></td></tr>`,
  );
  return {
    id: "configuration",
    title: "Configuration and machine",
    short: "Configuration",
    body: [
      html`<dl class="notes wide">${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`,
      steps.length > 0 &&
        details(
          `Steps: ${steps.length}`,
          tableMarkup("Steps", ["Number", "Kind", "With"], html`<tbody>${steps}</tbody>`, "left"),
        ),
      metrics.length > 0 &&
        details(
          `All figures: ${metrics.length}`,
          tableMarkup(
            "All figures",
            ["Metric", "Mode", "Unit", "Values"],
            html`<tbody>${figures}</tbody>`,
            "left",
          ),
        ),
    ],
  };
}

function stepFacts(step: Step): string {
  return Object.entries(step)
    .filter(([key]) => key !== "kind")
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}

function valuesOf({ values }: Metric): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${typeof value === "number" ? Number(value.toPrecision(12)) : value}`)
    .join(", ");
}
