import { z } from "zod";
import { UsageError } from "../core/errors.ts";
import { MODES } from "../core/modes.ts";
import type { RunOptions } from "../core/run-options.ts";
import type { Command, RawArguments } from "./command.ts";
import { suggestion } from "./nearest.ts";
import {
  database,
  duration,
  flag,
  httpUrl,
  oneOf,
  path,
  positiveNumber,
  threshold,
  wholeNumber,
} from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const BY_SCENARIO = "the scenario's";

const options = {
  users: { kind: "value", description: "Simulated users in each mode", otherwise: BY_SCENARIO },
  browsers: {
    kind: "value",
    description: "Chrome pages in each mode; 0: without Chrome",
    otherwise: BY_SCENARIO,
  },
  duration: {
    kind: "value",
    description: "How long a step with a rate lasts: 10s, 1m30s",
    otherwise: BY_SCENARIO,
  },
  rate: { kind: "value", description: "Actions per second in such a step", otherwise: BY_SCENARIO },
  mode: {
    kind: "list",
    description: `Rendering mode, may be given again: ${MODES.join(", ")}; see bench list --modes`,
    otherwise: BY_SCENARIO,
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
  sessions: {
    kind: "value",
    description: "File that keeps the target's log-ins for the next run",
    otherwise: "none",
  },
  threshold: {
    kind: "list",
    description: "metric:condition that must hold too, may be given again",
    otherwise: "none",
  },
  out: { kind: "value", description: "Folder that the result is written to", otherwise: "bench-results" },
  json: { kind: "flag", description: "Print the result alone, as JSON" },
  quiet: { kind: "flag", description: "Show no progress" },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    users: wholeNumber(1, 100_000).optional(),
    browsers: wholeNumber(0, 64).optional(),
    duration: duration().optional(),
    rate: positiveNumber(10_000).optional(),
    mode: z.array(oneOf(MODES)).optional(),
    seed: wholeNumber(0, 2 ** 32 - 1).optional(),
    target: httpUrl().optional(),
    database: database(cwd).optional(),
    config: path(cwd).optional(),
    "allow-remote": flag(),
    "allow-remote-rate": positiveNumber(100_000).optional(),
    sessions: path(cwd).optional(),
    threshold: z.array(threshold()).default([]),
    out: path(cwd).default(() => path(cwd).parse("bench-results")),
    json: flag(),
    quiet: flag(),
  });

/** `bench run <scenario>`: the one that everything else is for. */
export const run: Command = {
  description: "Run a scenario: load, checks, figures, a verdict",
  argument: { name: "scenario", description: "One of bench list" },
  options,
  examples: [
    ["bench run quickstart", "200 users and 2 Chromes in two modes"],
    ["bench run quickstart --users 50 --mode stream", "a smaller run"],
    ["bench run five-ways", "what each operation costs in each mode"],
    ["bench run quickstart --threshold 'latency.insert.frame:p(99)<50'", "fail (99) when slower"],
  ],
  run: async (args, context) => {
    const name = String(args.scenario);
    const scenario = Object.hasOwn(context.scenarios, name) ? context.scenarios[name] : undefined;
    if (!scenario) {
      throw new UsageError(`unknown scenario ${name}${suggestion(name, Object.keys(context.scenarios))}`, {
        code: "unknown-scenario",
      });
    }
    return context.runScenario(scenario, readRunOptions(args, context.cwd), context);
  },
};

/**
 * Reads the options of `bench run`.
 *
 * @param cwd where relative paths start
 * @throws UsageError `invalid-option`, with all problems at once
 */
export function readRunOptions(args: RawArguments, cwd: string): RunOptions {
  const given = readOptions(options, schema(cwd), args);
  return {
    ...(given.users === undefined ? {} : { users: given.users }),
    ...(given.browsers === undefined ? {} : { browsers: given.browsers }),
    ...(given.duration === undefined ? {} : { durationUs: given.duration }),
    ...(given.rate === undefined ? {} : { ratePerSec: given.rate }),
    ...(given.mode === undefined ? {} : { modes: [...new Set(given.mode)] }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    ...(given.target === undefined ? {} : { target: given.target }),
    ...(given.database === undefined ? {} : { database: given.database }),
    ...(given.config === undefined ? {} : { config: given.config }),
    ...(given["allow-remote"] ? { allowRemote: true } : {}),
    ...(given["allow-remote-rate"] === undefined
      ? {}
      : { allowRemoteRatePerSec: given["allow-remote-rate"] }),
    ...(given.sessions === undefined ? {} : { sessions: given.sessions }),
    thresholds: given.threshold,
    outDir: given.out,
    json: given.json,
    quiet: given.quiet,
  };
}
