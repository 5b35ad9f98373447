import { z } from "zod";
import type { CaseRunOptions } from "../core/case-run-options.ts";
import { type CasesDefinition, casesNamed } from "../core/case-scenario.ts";
import { CASE_MODES, caseId } from "../core/stream-case.ts";
import type { Command, OptionSpec, RawArguments } from "./command.ts";
import { suggestion } from "./nearest.ts";
import { flag, httpUrl, oneOf, path, positiveNumber, Refusal, readText } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

/** What any scenario of cases takes besides where results go. */
export const caseOptions = {
  only: {
    kind: "value",
    description: "Cases to do, by number or id: 8,14,25-front",
    otherwise: "all",
  },
  mode: {
    kind: "list",
    description: `Rendering mode, may be given again: ${CASE_MODES.join(", ")}; see bench list --modes`,
    otherwise: "all",
    values: CASE_MODES,
  },
  target: {
    kind: "value",
    description:
      "Address of a reference server with --instrument, or of a page of cases; {mode} in it is the mode",
    otherwise: "start one",
  },
} as const satisfies Record<string, OptionSpec>;

/** The command for a scenario of cases. @param shared the options that all scenarios take */
export function casesCommand(
  definition: CasesDefinition,
  shared: Readonly<Record<"allow-remote" | "allow-remote-rate" | "out" | "json" | "quiet", OptionSpec>>,
): Command {
  const { name, question, description } = definition;
  const options = { ...caseOptions, ...shared };
  return {
    // A description of a command ends without a full stop.
    description: `${question}\n\n${description.replace(/\.$/, "")}`,
    argument: { name: "scenario", description: name },
    options,
    examples: [
      [`bench run ${name}`, "every case in every mode whose terms allow it"],
      [`bench run ${name} --only 8,14,25-front --mode stream`, "a few cases in one mode"],
      [
        `bench run ${name} --target 'http://127.0.0.1:4000/cases' --mode keyed`,
        "a page of your own; what it must offer is in scenarios/stream-cases/README.md",
      ],
    ],
    run: async (args, context) =>
      context.runCases(definition, readCaseOptions(args, context.cwd, definition, options), context),
  };
}

/**
 * Reads the options of a scenario of cases.
 *
 * @throws UsageError `invalid-option`, with all problems at once
 */
export function readCaseOptions(
  args: RawArguments,
  cwd: string,
  definition: CasesDefinition,
  options: Readonly<Record<string, OptionSpec>>,
): CaseRunOptions {
  const schema = z.object({
    only: only(definition).optional(),
    mode: z.array(oneOf(CASE_MODES)).optional(),
    target: httpUrl().optional(),
    "allow-remote": flag(),
    "allow-remote-rate": positiveNumber(100_000).optional(),
    out: path(cwd).default(() => path(cwd).parse("bench-results")),
    json: flag(),
    quiet: flag(),
  });
  const given = readOptions(options, schema, args);
  const rate = given["allow-remote-rate"];
  return {
    ...(given.only === undefined ? {} : { only: given.only }),
    ...(given.mode === undefined ? {} : { modes: [...new Set(given.mode)] }),
    ...(given.target === undefined ? {} : { target: given.target }),
    ...(given["allow-remote"] ? { allowRemote: true } : {}),
    ...(rate === undefined ? {} : { allowRemoteRatePerSec: rate }),
    outDir: given.out,
    json: given.json,
    quiet: given.quiet,
  };
}

/** Numbers and ids of cases: a number stands for all that have it. */
const only = (definition: CasesDefinition) =>
  readText((text) => {
    const words = text.split(",").map((word) => word.trim());
    const unknown = words.find((word) => casesNamed(definition, word).length === 0);
    if (unknown === undefined) return [...new Set(words.flatMap((word) => casesNamed(definition, word)))];
    const ids = [...definition.cases, ...definition.roomPage].map(caseId);
    return new Refusal(
      `names a case ${JSON.stringify(unknown)}, which there is not${suggestion(unknown, ids)}`,
    );
  });
