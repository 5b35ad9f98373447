import type { ExactVerdict, GateReport, NoisyVerdict } from "../../harness/core/gate-report.ts";
import { isFailure } from "../../harness/core/gate-report.ts";
import {
  byMetric,
  changeText,
  growth,
  headline,
  isDeflated,
  percent,
  probability,
  readingName,
  readingText,
  signed,
  slotsOf,
} from "./words.ts";

/** GitHub shows so many annotations of a kind for a step. The last one is the verdict. */
const SHOWN = 9;

/**
 * A gate's verdict as workflow commands of GitHub Actions, which become annotations: one a metric that failed, and
 * one for the whole.
 *
 * Source: "Workflow commands for GitHub Actions", `::error title={title}::{message}`.
 */
export function renderGateGithub(report: GateReport): string {
  const { scenario, exact, noisy, verdict } = report;
  const failedExact = exact.filter(isFailure);
  const raw = failedExact.filter((one) => !isDeflated(one));
  const errors = [
    ...byMetric(raw.length > 0 ? raw : failedExact).map(([metric, verdicts]) => sizeError(metric, verdicts)),
    ...byMetric(noisy.filter(isFailure)).map(([metric, verdicts]) => noisyError(metric, verdicts)),
  ];
  const level = verdict === "regressed" ? "error" : "notice";
  const lines = [
    ...errors.slice(0, SHOWN),
    command(level, { title: `${scenario}: ${verdict}` }, headline(report)),
  ];
  return `${lines.join("\n")}\n`;
}

function sizeError(metric: string, verdicts: readonly ExactVerdict[]): string {
  const changes = verdicts.map((one) => {
    const { mode = "the run" } = one;
    const grew = growth(one);
    const change = changeText(one);
    return change === null || grew === null
      ? `${mode} not measured`
      : `${mode} ${change} (${signed(grew.bytes)}${grew.each ? "" : " in all"})`;
  });
  const slots = slotsOf(verdicts);
  const where = slots.map(({ name, bytes, modes }) => `${signed(bytes)} ${name}: ${modes.join(", ")}`);
  return command("error", { title: metric }, [changes.join(", "), ...where].join("\n"));
}

function noisyError(metric: string, verdicts: readonly NoisyVerdict[]): string {
  const changes = verdicts.map((one) => {
    const { mode = "the run", before, after, shift, adjustedP } = one;
    if (after === null) return `${mode} ${readingName(one)} not measured`;
    const p = probability(adjustedP ?? 1);
    return `${mode} ${readingName(one)} ${readingText(before, one)} → ${readingText(after, one)} (${percent(shift ?? 0)}, p ${p})`;
  });
  return command("error", { title: metric }, changes.join("\n"));
}

function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${written.join(",")}::${escapeData(message)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
