import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { COMPARE_FORMAT_NAMES, type CompareFormatName } from "../../reports/compare/format-names.ts";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { compareVariants, type Variants } from "../compare/compare.ts";
import type { Variant } from "../compare/variant.ts";
import { type CompareReport, parseCompareReport, serializeCompareReport } from "../core/compare-report.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { MODES } from "../core/modes.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import { showsColour } from "../core/text-stream.ts";
import type { Command, CommandContext } from "./command.ts";
import { givenVariants } from "./compare/given-variants.ts";
import { runSettings } from "./compare/run-settings.ts";
import { settingsOf } from "./compare/settings.ts";
import { slugOf } from "./compare/slug.ts";
import { writeFile } from "./compare/write-file.ts";
import { believableRun } from "./gate/believable-run.ts";
import { COMPARISON_FILE, isFolder, readText, refuseFor } from "./gate/read-runs.ts";
import { suggestion } from "./nearest.ts";
import { oneOf, path, text, wholeNumber } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  mode: {
    kind: "list",
    description: "Rendering modes: stream,stateful, or all",
    otherwise: "the scenario's",
    values: [...MODES, "all"],
  },
  target: {
    kind: "list",
    description: "Addresses of servers that already run, or files as --config of bench run takes them",
    otherwise: "start one",
  },
  vary: { kind: "list", description: "A parameter of the scenario and its values: users=50,100" },
  with: { kind: "list", description: "Option of bench run, as --users=50; may be given again" },
  repeat: { kind: "value", description: "How often each variant is run", otherwise: "9" },
  seed: { kind: "value", description: "What the order of the runs is drawn from", otherwise: "1" },
  out: {
    kind: "value",
    description: "Folder that results and the report are written to",
    otherwise: "one of its own in bench-results; of given results: beside them",
  },
  format: {
    kind: "value",
    description: COMPARE_FORMAT_NAMES.join(", "),
    otherwise: "text",
    values: COMPARE_FORMAT_NAMES,
  },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    mode: z.array(text()).default([]),
    target: z.array(text()).default([]),
    vary: z.array(text()).default([]),
    with: z.array(text()).default([]),
    repeat: wholeNumber(1, 1000).default(9),
    seed: wholeNumber(0, 2 ** 32 - 1).default(1),
    out: path(cwd).optional(),
    format: oneOf(COMPARE_FORMAT_NAMES).default("text"),
  });

type Given = z.output<ReturnType<typeof schema>>;

/** Options that are about runs that are made. */
const FOR_RUNS = ["mode", "target", "vary", "with", "repeat", "seed"] as const;

const WHAT = {
  name: "what",
  description: "A scenario, which is run in each variant; or results, or folders of repeats",
} as const;

/** `bench compare <what..>`: variants of a scenario beside each other, run in turn, or read. No gate: it says which is better. */
export const compare: Command = {
  description: "Compare modes, targets or parameters: run them in turn, or read results",
  others: WHAT,
  options,
  examples: [
    ["bench compare quickstart", "its modes, stream and stateful, nine times each, in turn"],
    ["bench compare insert-fanout --mode all --repeat 9 --with=--users=100", "every mode"],
    ["bench compare insert-fanout --mode stream --vary users=50,100", "values of a parameter"],
    [
      "bench compare scrollback --target http://127.0.0.1:4000/rooms/1,http://127.0.0.1:4001/rooms/1",
      "two servers that run already",
    ],
    ["bench compare before.json after.json", "results that are there"],
    ["bench compare base/ head/ --format markdown", "repeats in folders, as a table for a pull request"],
  ],
  forWords: (_, { scenarios }) => ({ ...compare, others: { ...WHAT, values: Object.keys(scenarios) } }),
  run: async ({ what, ...args }, context) => {
    const given = readOptions(options, schema(context.cwd), args);
    const words = (what as readonly unknown[]).map(String);
    const known = words.filter((word) => Object.hasOwn(context.scenarios, word));
    const isRun = known.length > 0 || !words.some((word) => looksLikeFile(word, context.cwd));
    const compared = isRun
      ? await runAndCompare(words, given, context)
      : compareGiven(words, given, args, context.cwd);
    await show(compared, given.format, context);
    return EXIT_CODES.passed;
  },
};

interface Compared {
  readonly report: CompareReport;
  /** Where the report for a browser goes. */
  readonly folder: string;
  readonly file: string;
}

/** The report for a browser, beside what `bench compare` made. */
const HTML_FILE = "comparison.html";

/** Of given results it is called by what is compared, in so many characters. */
const MOST_OF_NAMES = 100;

const looksLikeFile = (word: string, cwd: string): boolean =>
  existsSync(resolve(cwd, word)) || word.includes("/") || word.endsWith(".json");

async function runAndCompare(
  words: readonly string[],
  given: Given,
  context: CommandContext,
): Promise<Compared> {
  const [name = "", ...others] = words;
  const { cwd, signal, stderr, scenarios } = context;
  const definition = definitionOf(name, scenarios);
  const surplus =
    others.length === 0 ? [] : [`one scenario is run at a time, or results are read: ${words.join(" ")}`];
  const { settings, problems } = await settingsOf(definition, given, given.with, {
    services: context,
    cwd,
    scenarioName: name,
  });
  if (surplus.length + problems.length > 0) return refuseFor([...surplus, ...problems]);
  const folder = given.out ?? join(cwd, "bench-results", `compare-${definition.name}-${stamp()}`);
  const say = (line: string) => void stderr.write(`${line}\n`);
  const { variants, order } = await runSettings({
    scenario: name,
    settings,
    repeats: given.repeat,
    seed: given.seed,
    folder,
    cwd,
    signal,
    say,
    nowMs: () => performance.now(),
    run: believableRun,
  }).catch((error: unknown) => {
    if (signal.aborted) say(`Results so far: ${folder}`);
    throw error;
  });
  const report = compareVariants(variants, order);
  writeFile(join(folder, COMPARISON_FILE), serializeCompareReport(report));
  say(`Results: ${folder}`);
  return { report, folder, file: HTML_FILE };
}

/** The scenario of a name, of the kind that has figures. */
function definitionOf(name: string, scenarios: CommandContext["scenarios"]): ScenarioDefinition {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (scenario === undefined) {
    return refuseFor([`${name} is neither a scenario nor a file${suggestion(name, Object.keys(scenarios))}`]);
  }
  if (scenario.kind !== "load") {
    return refuseFor([`${name} has no figures to compare: only scenarios that put load on a server have`]);
  }
  return scenario;
}

function compareGiven(
  words: readonly string[],
  given: Given,
  args: Readonly<Record<string, unknown>>,
  cwd: string,
): Compared {
  const { variants, problems } = givenVariants(words, cwd);
  const surplus = FOR_RUNS.filter((name) => args[name] !== undefined).map(
    (name) => `--${name} is for a scenario that is run, not for results`,
  );
  if (variants === null || surplus.length > 0) return refuseFor([...surplus, ...problems]);
  const [first = ""] = words;
  const beside = resolve(cwd, first);
  const isWhole = words.length === 1 && isFolder(beside);
  const kept = isWhole ? keptReport(beside) : null;
  const report = compareVariants(...inKeptOrder(variants, kept));
  const names = report.variants.map(({ name }) => slugOf(name));
  return {
    report,
    folder: given.out ?? (isWhole ? beside : dirname(beside)),
    file: isWhole ? HTML_FILE : `${names.join("-vs-").slice(0, MOST_OF_NAMES)}.html`,
  };
}

/** What `bench compare` has kept in a folder of its results; null where it did not make them, or was ended before. */
function keptReport(folder: string): CompareReport | null {
  const file = join(folder, COMPARISON_FILE);
  return existsSync(file) ? parseCompareReport(readText(file), file) : null;
}

/** Variants as they were when the runs were made, and in which order that was, where these are all of them and no others. */
function inKeptOrder(variants: Variants, kept: CompareReport | null): [Variants, CompareReport["order"]] {
  const runs = kept?.variants.reduce((sum, variant) => sum + variant.runs, 0);
  const [first, second, ...others] = (kept?.variants ?? []).flatMap(({ name }): Variant[] => {
    const found = variants.find((variant) => variant.name === name || variant.name === slugOf(name));
    return found === undefined ? [] : [{ ...found, name }];
  });
  const isSame = runs === variants.reduce((sum, { samples }) => sum + samples.length, 0);
  return first !== undefined && second !== undefined && others.length + 2 === variants.length && isSame
    ? [[first, second, ...others], kept?.order]
    : [variants, undefined];
}

async function show(
  { report, folder, file: name }: Compared,
  format: CompareFormatName,
  { stdout, stderr, env }: CommandContext,
): Promise<void> {
  // The charts' library is loaded when it is needed.
  const { COMPARE_FORMATS } = await import("../../reports/compare/index.ts");
  const file = join(folder, name);
  writeFile(file, COMPARE_FORMATS.html.render(report));
  if (format === "html") {
    stdout.write(`${file}\n`);
    return;
  }
  const style = showsColour(stdout, env) ? ANSI : PLAIN;
  stdout.write(COMPARE_FORMATS[format].render(report, style, stdout.columns));
  stderr.write(`Report: ${file}\n`);
}

const stamp = (): string =>
  new Date()
    .toISOString()
    .replaceAll(":", "-")
    .replace(/\.\d+Z$/, "Z");
