import { z } from "zod";
import { HISTORY_FORMATS, type HistoryFormatName } from "../../reports/history/index.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { RunResult } from "../core/run-result.ts";
import { showsColour } from "../core/text-stream.ts";
import { makeHistories } from "../history/make-history.ts";
import type { Command } from "./command.ts";
import { refuseFor } from "./gate/read-runs.ts";
import { readResults } from "./history/read-results.ts";
import { nearest } from "./nearest.ts";
import { instant, oneOf, text } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const FORMATS = Object.keys(HISTORY_FORMATS) as HistoryFormatName[];

const options = {
  metric: {
    kind: "list",
    description: "Metric, or the beginning of some, as payload.insert; may be given again",
    otherwise: "all",
  },
  since: {
    kind: "value",
    description: "Day or time from which on runs are read, as 2026-01-31; UTC",
    otherwise: "all",
  },
  format: { kind: "value", description: FORMATS.join(", "), otherwise: "text", values: FORMATS },
} satisfies Command["options"];

const schema = z.object({
  metric: z.array(text()).default([]),
  since: instant().optional(),
  format: oneOf(FORMATS).default("text"),
});

/** `bench history <results..>`: what became of the figures of many runs, and between which commits they changed. */
export const history: Command = {
  description: "Show how figures went over many runs, and between which commits they changed",
  others: { name: "results", description: "Files that bench run wrote, or folders of them" },
  options,
  examples: [
    ["bench history bench-results", "all that was measured here, by scenario and configuration"],
    ["bench history results/ --metric latency.insert --since 2026-01-31", "some figures of the last weeks"],
    ["bench history results/ --format markdown >> $GITHUB_STEP_SUMMARY", "tables on the page of a CI run"],
  ],
  run: async ({ results: words, ...args }, { cwd, stdout, env }) => {
    const given = readOptions(options, schema, args);
    const found = readResults((words as readonly unknown[]).map(String), cwd);
    const runs = found.runs.filter(({ startedAt }) => Date.parse(startedAt) >= (given.since ?? 0));
    if (runs.length === 0) return refuseFor(whyNone(found.runs.length, found.leftOut));
    for (const wanted of given.metric) refuseUnknown(wanted, runs);
    const histories = makeHistories(runs, wants(given.metric));
    const style = showsColour(stdout, env) ? ANSI : PLAIN;
    const report = { histories, leftOut: found.leftOut };
    const settings = { style, columns: stdout.columns, isChosen: given.metric.length > 0 };
    stdout.write(HISTORY_FORMATS[given.format].render(report, settings));
    return EXIT_CODES.passed;
  },
};

function whyNone(beforeThat: number, leftOut: readonly string[]): readonly string[] {
  if (beforeThat > 0) return [`all runs are from before --since: ${beforeThat}`];
  return leftOut.length === 0 ? ["there is no result, which ends in .json"] : leftOut;
}

/** Whether a metric is one of these, or begins with the name of one. */
const wants =
  (wanted: readonly string[]) =>
  (metric: string): boolean =>
    wanted.length === 0 || wanted.some((name) => metric === name || metric.startsWith(`${name}.`));

function refuseUnknown(wanted: string, runs: readonly RunResult[]): void {
  const metrics = makeHistories(runs).flatMap((one) => one.metrics.map(({ metric }) => metric));
  const names = [...new Set(metrics)];
  if (names.some(wants([wanted]))) return;
  const near = nearest(wanted, names);
  const families = [...new Set(names.map((name) => name.split(".").slice(0, 2).join(".")))].sort();
  const advice = near === undefined ? `; there is ${families.join(", ")}` : `; did you mean ${near}?`;
  throw new UsageError(`--metric ${wanted} is in no history${advice}`, { code: "unknown-metric" });
}
