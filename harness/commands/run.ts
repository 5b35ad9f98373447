import { z } from "zod";
import { UsageError } from "../core/errors.ts";
import { MODES } from "../core/modes.ts";
import { type Parameters, written } from "../core/parameter.ts";
import type { RunOptions } from "../core/run-options.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import type { AnyScenario, Command, OptionSpec, RawArguments, Services } from "./command.ts";
import { suggestion } from "./nearest.ts";
import {
  database,
  flag,
  httpUrl,
  oneOf,
  path,
  positiveNumber,
  threshold,
  wholeNumber,
} from "./option-values.ts";
import { parameterOptions, parameterSchema } from "./parameter-options.ts";
import { readOptions } from "./read-options.ts";
import { caseOptions, casesCommand } from "./run-cases.ts";
import { fuzzCommand, fuzzOptions } from "./run-fuzz.ts";
import { selfTestCommand, selfTestOptions } from "./run-self-test.ts";

const BY_SCENARIO = "the scenario's";

const options = {
  mode: {
    kind: "list",
    description: `Rendering mode, may be given again: ${MODES.join(", ")}, or all; see bench list --modes`,
    otherwise: BY_SCENARIO,
    values: [...MODES, "all"],
  },
  seed: { kind: "value", description: "What all random data is drawn from", otherwise: BY_SCENARIO },
  target: {
    kind: "value",
    description: "Address of a server that already runs",
    otherwise: "start one",
  },
  database: {
    kind: "value",
    description: "The target's database, read to know what users should see",
    otherwise: "none",
  },
  config: {
    kind: "value",
    description: "File that says how the target is used",
    otherwise: "none",
  },
  "allow-remote": { kind: "flag", description: "The target may be another machine" },
  "allow-remote-rate": {
    kind: "value",
    description: "Starts, and users joining, a second on such a target",
    otherwise: "10",
  },
  "server-pid": {
    kind: "value",
    description: "The target's process here, to read its memory and CPU",
    otherwise: "none",
  },
  sessions: {
    kind: "value",
    description: "File that keeps the target's log-ins for the next run",
    otherwise: "none",
  },
  workers: {
    kind: "value",
    description: "Processes that act as users",
    otherwise: "one less than there are cores, at least 1",
  },
  threshold: {
    kind: "list",
    description: "metric:condition that must hold too, may be given again",
    otherwise: "none",
  },
  "threshold-warn": {
    kind: "list",
    description: "The same, only said where it is crossed",
    otherwise: "none",
  },
  "threshold-abort": {
    kind: "list",
    description: "The same, ends the run as soon as it is crossed",
    otherwise: "none",
  },
  out: { kind: "value", description: "Folder that the result is written to", otherwise: "bench-results" },
  why: { kind: "flag", description: "Print where the bytes of each operation went, too" },
  dashboard: {
    kind: "value",
    alone: "0",
    description: "Show the run on a web page, too; or --dashboard=PORT",
    otherwise: "none",
  },
  json: { kind: "flag", description: "Print the result alone, as JSON" },
  quiet: { kind: "flag", description: "Show no progress" },
} satisfies Command["options"];

const schema = (cwd: string) => ({
  mode: z.array(oneOf([...MODES, "all"])).optional(),
  seed: wholeNumber(0, 2 ** 32 - 1).optional(),
  target: httpUrl().optional(),
  database: database(cwd).optional(),
  config: path(cwd).optional(),
  "allow-remote": flag(),
  "allow-remote-rate": positiveNumber(100_000).optional(),
  "server-pid": wholeNumber(1, 2 ** 31 - 1).optional(),
  sessions: path(cwd).optional(),
  workers: wholeNumber(1, 256).optional(),
  threshold: z.array(threshold()).default([]),
  "threshold-warn": z.array(threshold("warn")).default([]),
  "threshold-abort": z.array(threshold()).default([]),
  out: path(cwd).default(() => path(cwd).parse("bench-results")),
  dashboard: wholeNumber(0, 65_535).optional(),
  why: flag(),
  json: flag(),
  quiet: flag(),
});

const SCENARIO = "One of bench list, or a file of one's own; see bench run <scenario> --help";

/** `bench run <scenario>`: the one that everything else is for. */
export const run: Command = {
  description: "Run a scenario: load, checks, figures, a verdict",
  argument: { name: "scenario", description: SCENARIO },
  options,
  examples: [
    ["bench run quickstart", "200 users and 2 Chromes in two modes"],
    ["bench run quickstart --users 50 --mode stream", "a smaller run"],
    ["bench run payload --mode all", "the bytes of each operation in every mode"],
    ["bench run ./my-scenario.ts", "the scenario that this file exports"],
    ["bench run five-ways", "what each operation costs in each mode"],
    ["bench run quickstart --threshold 'latency.insert.frame:p(99)<50'", "fail (99) when slower"],
  ],
  forWords: (words, { scenarios }) => {
    const name = words.slice(1).find((word) => Object.hasOwn(scenarios, word));
    const scenario = name === undefined ? undefined : scenarios[name];
    if (scenario) return commandFor(scenario);
    const argument = { name: "scenario", description: SCENARIO, values: Object.keys(scenarios) };
    return { ...run, argument, options: { ...options, ...ofAny(scenarios) } };
  },
  run: async ({ scenario }, { scenarios }) => {
    const name = String(scenario);
    throw new UsageError(`unknown scenario ${name}${suggestion(name, Object.keys(scenarios))}`, {
      code: "unknown-scenario",
    });
  },
};

/** The command for one scenario, by its kind. */
function commandFor(scenario: AnyScenario): Command {
  switch (scenario.kind) {
    case "load":
      return runOf(scenario);
    case "cases": {
      const { "allow-remote": allow, "allow-remote-rate": rate, out, json, quiet } = options;
      const shared = { "allow-remote": allow, "allow-remote-rate": rate, out, json, quiet };
      return casesCommand(scenario, shared);
    }
    case "self-test": {
      const { json, quiet } = options;
      return selfTestCommand(scenario, { json, quiet });
    }
    case "fuzz":
      return fuzzCommand(scenario);
    default:
      return scenario satisfies never;
  }
}

/** The command for one scenario: with its parameters, and its question as the help. */
function runOf(scenario: ScenarioDefinition): Command {
  const { name, question, description, parameters } = scenario;
  return {
    // A description of a command ends without a full stop.
    description: `${question}\n\n${description.replace(/\.$/, "")}`,
    argument: { name: "scenario", description: name },
    options: { ...parameterOptions(parameters), ...options },
    examples: [[`bench run ${name}`, "with its defaults"], ...examplesOf(scenario)],
    run: async (args, context) =>
      context.runScenario(scenario, readRunOptions(args, context.cwd, parameters), context),
  };
}

/** One that gives the first parameter another value than its default. */
function examplesOf({ name, parameters }: ScenarioDefinition): Command["examples"] {
  const [first] = Object.entries(parameters);
  if (first === undefined) return [];
  const [flagName, parameter] = first;
  return [[`bench run ${name} --${flagName} ${written(parameter)}`, "the same, said in full"]];
}

/** The options of a scenario beside those that every one has. */
function ownOptions(scenario: AnyScenario): Record<string, OptionSpec> {
  switch (scenario.kind) {
    case "load":
      return parameterOptions(scenario.parameters);
    case "cases":
      return { only: caseOptions.only };
    case "self-test":
      return selfTestOptions;
    case "fuzz":
      return fuzzOptions(scenario);
    default:
      return scenario satisfies never;
  }
}

/** The options that some scenarios have, so that a scenario that there is not is what is complained of. */
function ofAny(scenarios: Services["scenarios"]): Record<string, OptionSpec> {
  const all = Object.values(scenarios).flatMap((scenario) => Object.entries(ownOptions(scenario)));
  return Object.fromEntries(all.map(([name, spec]) => [name, { ...spec, hidden: true }]));
}

/**
 * Reads the options of `bench run`.
 *
 * @param cwd where relative paths start
 * @param parameters of the scenario
 * @throws UsageError `invalid-option`, with all problems at once
 */
export function readRunOptions(args: RawArguments, cwd: string, parameters: Parameters): RunOptions {
  // Together, so that the problems of both are said at once.
  const given = readOptions(
    { ...parameterOptions(parameters), ...options },
    z.object({ ...parameterSchema(parameters), ...schema(cwd) } as ReturnType<typeof schema>),
    args,
  );
  return {
    values: valuesIn(given, parameters),
    ...(given.mode === undefined
      ? {}
      : { modes: [...new Set(given.mode.flatMap((mode) => (mode === "all" ? MODES : mode)))] }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    ...(given.target === undefined ? {} : { target: given.target }),
    ...(given.database === undefined ? {} : { database: given.database }),
    ...(given.config === undefined ? {} : { config: given.config }),
    ...(given["allow-remote"] ? { allowRemote: true } : {}),
    ...(given["allow-remote-rate"] === undefined
      ? {}
      : { allowRemoteRatePerSec: given["allow-remote-rate"] }),
    ...(given["server-pid"] === undefined ? {} : { serverPid: given["server-pid"] }),
    ...(given.sessions === undefined ? {} : { sessions: given.sessions }),
    ...(given.workers === undefined ? {} : { workers: given.workers }),
    thresholds: [
      ...given.threshold,
      ...given["threshold-warn"],
      ...given["threshold-abort"].map((one) => ({ ...one, abortOnFail: true as const })),
    ],
    outDir: given.out,
    ...(given.dashboard === undefined ? {} : { dashboardPort: given.dashboard }),
    why: given.why,
    json: given.json,
    quiet: given.quiet,
  };
}

/** What was given for the parameters, out of all that was read. */
function valuesIn(given: Readonly<Record<string, unknown>>, parameters: Parameters): RunOptions["values"] {
  const read = given as RunOptions["values"];
  return Object.fromEntries(
    Object.keys(parameters).flatMap((name) => {
      const value = read[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
