import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { z } from "zod";
import { GATE_FORMATS, type GateFormatName } from "../../reports/gate/index.ts";
import { renderGateMarkdown } from "../../reports/gate/markdown.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { type Baseline, parseBaseline } from "../core/baseline.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { GateReport } from "../core/gate-report.ts";
import { showsColour } from "../core/text-stream.ts";
import { comparedOf, differences } from "../gate/comparable.ts";
import { judgeGate } from "../gate/gate.ts";
import { makeBaseline, whyNoBaseline } from "../gate/make-baseline.ts";
import type { Command, CommandContext } from "./command.ts";
import { baselineLine, writeBaseline } from "./gate/baseline-file.ts";
import { isFolder, readRuns, readText, refuseFor } from "./gate/read-runs.ts";
import { flag, oneOf, path } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const FORMATS = Object.keys(GATE_FORMATS) as GateFormatName[];

const options = {
  baseline: { kind: "value", description: "File that bench baseline save wrote, or its runs in a folder" },
  update: { kind: "flag", description: "Write the file anew from these runs, and say what changed" },
  format: { kind: "value", description: FORMATS.join(", "), otherwise: "text" },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    baseline: path(cwd).optional(),
    update: flag(),
    format: oneOf(FORMATS).default("text"),
  });

/** `bench gate <runs..>`: holds runs to a baseline. Exit code 99 where anything regressed. */
export const gate: Command = {
  description: "Hold runs to a baseline: bytes exactly, times by a test",
  others: { name: "runs", description: "Results of one run or its repeats, or folders of them" },
  options,
  examples: [
    [
      "bench gate run.json --baseline reports/baselines/payload.json",
      "exit code 99 where a byte more is sent",
    ],
    ["bench gate head/ --baseline base/", "repeats of both, run in turn: latency and memory too"],
    ["bench gate head/ --baseline reports/baselines/payload.json --update", "take the new figures in"],
  ],
  run: async ({ runs: words, ...args }, context) => {
    const { cwd, stdout } = context;
    const given = readOptions(options, schema(cwd), args);
    if (given.baseline === undefined) {
      throw new UsageError("gate needs --baseline; make one by bench baseline save", {
        code: "missing-option",
      });
    }
    if (given.update && isFolder(given.baseline)) {
      throw new UsageError("--update writes a file, and --baseline is a folder", { code: "invalid-option" });
    }
    const { runs, problems } = readRuns((words as readonly unknown[]).map(String), cwd);
    const { baseline, problems: others } = readBaseline(given.baseline, cwd);
    const all = [...problems, ...others];
    if (runs !== null && baseline !== null && all.length === 0 && !given.update) {
      const differing = differences(baseline, comparedOf(runs[0]));
      all.push(...differing.map((one) => `the baseline and the run were not run alike: ${one}`));
    }
    if (runs === null || baseline === null || all.length > 0) return refuseFor(all);
    const made = makeBaseline(runs);
    const why = given.update ? whyNoBaseline(made) : null;
    if (why !== null) return refuseFor([why]);
    const report = judgeGate(baseline, runs, relative(cwd, given.baseline) || given.baseline);
    show(report, given.format, context);
    if (!given.update) return report.verdict === "passed" ? EXIT_CODES.passed : EXIT_CODES.threshold;
    writeBaseline(given.baseline, made);
    if (given.format === "text") stdout.write(`Written anew: ${baselineLine(made)}\n`);
    return EXIT_CODES.passed;
  },
};

/** A baseline from its file, or made of the runs in a folder. */
function readBaseline(
  file: string,
  cwd: string,
): { readonly baseline: Baseline | null; readonly problems: readonly string[] } {
  try {
    if (isFolder(file)) {
      const { runs, problems } = readRuns([file], cwd);
      return { baseline: runs === null ? null : makeBaseline(runs), problems };
    }
    return { baseline: parseBaseline(readText(file), file), problems: [] };
  } catch (error) {
    return { baseline: null, problems: [messageOf(error)] };
  }
}

function show(report: GateReport, format: GateFormatName, { stdout, env }: CommandContext): void {
  const style = showsColour(stdout, env) ? ANSI : PLAIN;
  stdout.write(GATE_FORMATS[format].render(report, style, stdout.columns));
  // What a step of GitHub Actions writes there is shown on the page of its run.
  const summary = env.GITHUB_STEP_SUMMARY;
  if (format === "github" && summary !== undefined && summary !== "") {
    appendFileSync(summary, renderGateMarkdown(report));
  }
}
