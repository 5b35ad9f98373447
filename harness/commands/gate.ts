import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { z } from "zod";
import { GATE_FORMATS, type GateFormatName } from "../../reports/gate/index.ts";
import { renderGateMarkdown } from "../../reports/gate/markdown.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { type Baseline, parseBaseline } from "../core/baseline.ts";
import { messageOf } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import type { GateReport } from "../core/gate-report.ts";
import { showsColour } from "../core/text-stream.ts";
import { comparedOf, differences, whyUnfit } from "../gate/comparable.ts";
import { judgeGate } from "../gate/gate.ts";
import { makeBaseline, whyNoBaseline } from "../gate/make-baseline.ts";
import { NOISY_RULES } from "../gate/noisy-verdict.ts";
import type { Command, CommandContext } from "./command.ts";
import { baselineLine, writeBaseline } from "./gate/baseline-file.ts";
import { isFolder, type Runs, readRuns, readText, refuseFor } from "./gate/read-runs.ts";
import { runBoth } from "./gate/run-both.ts";
import { flag, oneOf, path, text, wholeNumber } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const FORMATS = Object.keys(GATE_FORMATS) as GateFormatName[];

/** As many as it takes for anything to be said of times. */
const REPEATS = NOISY_RULES.repeats;

const options = {
  baseline: { kind: "value", description: "File that bench baseline save wrote, or its runs in a folder" },
  base: { kind: "value", description: "Commit that is run in turn with the working copy, as origin/main" },
  scenario: { kind: "value", description: "What is then run" },
  repeat: { kind: "value", description: "How often each of both", otherwise: String(REPEATS) },
  with: { kind: "list", description: "Option of bench run, as --users=50; may be given again" },
  update: { kind: "flag", description: "Write the file anew from these runs, and say what changed" },
  format: { kind: "value", description: FORMATS.join(", "), otherwise: "text", values: FORMATS },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    baseline: path(cwd).optional(),
    base: text().optional(),
    scenario: text().optional(),
    repeat: wholeNumber(1, 1000).optional(),
    with: z.array(text()).default([]),
    update: flag(),
    format: oneOf(FORMATS).default("text"),
  });

type Given = z.output<ReturnType<typeof schema>>;

/** `bench gate <runs..>`: holds runs to a baseline. Exit code 99 where anything regressed. */
export const gate: Command = {
  description: "Hold runs to a baseline: bytes exactly, times by a test",
  others: {
    name: "runs",
    description: "Results of one run or its repeats, or folders of them",
    isOptional: true,
  },
  options,
  examples: [
    [
      "bench gate run.json --baseline reports/baselines/payload.json",
      "exit code 99 where a byte more is sent",
    ],
    ["bench gate head/ --baseline base/", "repeats of both, run in turn: latency and memory too"],
    ["bench gate --base origin/main --scenario insert-fanout", "run both in turn, and compare them"],
    ["bench gate head/ --baseline reports/baselines/payload.json --update", "take the new figures in"],
  ],
  run: async ({ runs: words, ...args }, context) => {
    const given = readOptions(options, schema(context.cwd), args);
    const sides = await sidesOf(given, (words as readonly unknown[]).map(String), context);
    const { baseline, runs, name } = sides;
    const differing = given.update ? [] : differences(baseline, comparedOf(runs[0]));
    const problems = differing.map((one) => `the baseline and the run were not run alike: ${one}`);
    const made = makeBaseline(runs);
    const why = given.update ? whyNoBaseline(made) : null;
    if (why !== null) problems.push(why);
    if (problems.length > 0) return refuseFor(problems);
    const report = judgeGate(baseline, runs, name);
    show(report, given.format, context);
    if (!given.update || given.baseline === undefined) {
      return report.verdict === "passed" ? EXIT_CODES.passed : EXIT_CODES.threshold;
    }
    writeBaseline(given.baseline, made);
    if (given.format === "text") context.stdout.write(`Written anew: ${baselineLine(made)}\n`);
    return EXIT_CODES.passed;
  },
};

/** What is compared, read or run. */
interface Sides {
  readonly baseline: Baseline;
  readonly runs: Runs;
  /** Of the baseline, for the report. */
  readonly name: string;
}

async function sidesOf(given: Given, words: readonly string[], context: CommandContext): Promise<Sides> {
  const wrong = wrongOptions(given, words);
  if (wrong.length > 0) return refuseFor(wrong);
  const { cwd } = context;
  if (given.base !== undefined && given.scenario !== undefined) {
    const { base, scenario, repeat: repeats = REPEATS, with: more } = given;
    const { signal, stderr } = context;
    const say = (line: string) => void stderr.write(`${line}\n`);
    const both = await runBoth({ base, scenario, repeats, words: more, cwd, signal, say });
    const unfit = [...unfitIn(both.base, "base"), ...unfitIn(both.head, "head")];
    if (unfit.length > 0) return refuseFor(unfit);
    return { baseline: makeBaseline(both.base), runs: both.head, name: base };
  }
  const file = given.baseline ?? "";
  const { runs, problems } = readRuns(words, cwd);
  const { baseline, problems: others } = readBaseline(file, cwd);
  const all = [...problems, ...others];
  if (runs === null || baseline === null || all.length > 0) return refuseFor(all);
  return { baseline, runs, name: relative(cwd, file) || file };
}

/** What does not go together, a sentence each. */
function wrongOptions(
  { baseline, base, scenario, repeat, with: more, update }: Given,
  words: readonly string[],
): string[] {
  if (base === undefined) {
    const runsBoth = { "--scenario": scenario, "--repeat": repeat, "--with": more[0] };
    return [
      ...(baseline === undefined ? ["gate needs --baseline; make one by bench baseline save"] : []),
      ...(words.length === 0 ? ["gate needs runs: bench gate run.json --baseline FILE"] : []),
      ...Object.entries(runsBoth).flatMap(([option, value]) =>
        value === undefined ? [] : [`${option} is for --base alone`],
      ),
      ...(update && baseline !== undefined && isFolder(baseline)
        ? ["--update writes a file, and --baseline is a folder"]
        : []),
    ];
  }
  return [
    ...(scenario === undefined ? ["--base needs --scenario, which is run"] : []),
    ...(baseline === undefined ? [] : ["--base and --baseline cannot both be compared with"]),
    ...(words.length === 0 ? [] : ["--base makes the runs itself, and takes none"]),
    ...(update ? ["--base has no file that --update could write"] : []),
  ];
}

/** Why runs that were made just now are not to be gated. */
function unfitIn(runs: Runs, side: string): string[] {
  return runs.flatMap((run, at) => {
    const why = whyUnfit(run);
    return why === null ? [] : [`run ${at + 1} of ${side} cannot be used: ${why}`];
  });
}

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
