import type { RunResult } from "../harness/core/run-result.ts";
import { CHECK_LABELS } from "./comparison.ts";
import { thresholdRows } from "./threshold-rows.ts";
import { verdictWords } from "./verdict.ts";

/** GitHub shows ten annotations of a kind for a step, so the verdict and these are told. */
const TOLD = 8;

/**
 * A run as annotations of GitHub Actions, a line each: the verdict first, as an error unless it passed; thresholds that
 * do not hold, as errors or warnings; the first failures.
 *
 * Source: "Workflow commands for GitHub Actions", and the escapes of `command.ts` in actions/toolkit.
 */
export function renderGithub(result: RunResult): string {
  const { scenario, verdict, checks, cases = [] } = result;
  const { word, facts, reasons } = verdictWords(result);
  const level = verdict === "passed" ? "notice" : "error";
  const crossed = thresholdRows(result).flatMap(({ word: outcome, name, expression, actual, why }) => {
    if (outcome === "passed") return [];
    const text = `${name} has to be ${expression} and is ${why === "" ? actual : `not known: ${why}`}`;
    return [command(outcome === "warned" ? "warning" : "error", `${scenario}: threshold`, text)];
  });
  const failures = checks.failures.map(({ kind, mode, step, message, expected, actual }) =>
    command(
      "error",
      `${scenario}: ${CHECK_LABELS[kind]}, ${mode}, ${step}`,
      `${message}\nexpected ${expected}\nactual ${actual}`,
    ),
  );
  const failedCases = cases.flatMap(({ id, name, modes }) =>
    Object.entries(modes).flatMap(([mode, outcome]) =>
      outcome.outcome === "failed"
        ? [
            command(
              "error",
              `${scenario}: case ${id}, ${mode}`,
              [name, ...outcome.differences.map(told)].join("\n"),
            ),
          ]
        : [],
    ),
  );
  const lines = [...crossed, ...failures, ...failedCases];
  return [command(level, `${scenario}: ${word}`, [facts, ...reasons].join("\n")), ...lines.slice(0, TOLD)]
    .map((line) => `${line}\n`)
    .join("");
}

function told(difference: {
  readonly who: string;
  readonly step: string;
  readonly what: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}): string {
  const { who, step, what, expected, actual } = difference;
  return `${who}, ${step}, ${what}: expected ${expected.join(" ")}, actual ${actual.join(" ")}`;
}

function command(level: "notice" | "warning" | "error", title: string, text: string): string {
  return `::${level} title=${property(title)}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
