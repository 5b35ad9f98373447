import { z } from "zod";
import type { FuzzDefinition, FuzzOptions } from "../core/fuzz.ts";
import { MODES, type Mode } from "../core/modes.ts";
import { msFromMicros } from "../core/units.ts";
import type { Command, OptionSpec, RawArguments } from "./command.ts";
import { duration, flag, oneOf, wholeNumber } from "./option-values.ts";
import { parameterOptions } from "./parameter-options.ts";
import { readOptions } from "./read-options.ts";

/** Items that are live components are in sequences of every mode. */
const FUZZ_MODES = MODES.filter((mode): mode is Exclude<Mode, "components"> => mode !== "components");

const own = {
  duration: {
    kind: "value",
    description: "Go on for so long, instead of a number of runs",
    otherwise: "runs",
  },
  mode: {
    kind: "list",
    description: `Rendering mode, may be given again: ${FUZZ_MODES.join(", ")}`,
    otherwise: "all",
    values: FUZZ_MODES,
  },
  seed: {
    kind: "value",
    description: "Of the first sequence of each mode; the others follow",
    otherwise: "1",
  },
  quiet: { kind: "flag", description: "Show no progress" },
} as const satisfies Command["options"];

const schema = z.object({
  runs: wholeNumber(1, 1_000_000).default(200),
  steps: wholeNumber(1, 1_000).default(40),
  duration: duration().optional(),
  mode: z.array(oneOf(FUZZ_MODES)).optional(),
  seed: wholeNumber(0, 2 ** 32 - 1).default(1),
  quiet: flag(),
});

/** What it takes. */
export function fuzzOptions({ parameters }: FuzzDefinition): Record<string, OptionSpec> {
  return { ...parameterOptions(parameters), ...own };
}

/** The command for random sequences. */
export function fuzzCommand(definition: FuzzDefinition): Command {
  const { name, question, description } = definition;
  const options = fuzzOptions(definition);
  return {
    // A description of a command ends without a full stop.
    description: `${question}\n\n${description.replace(/\.$/, "")}`,
    argument: { name: "scenario", description: name },
    options,
    examples: [
      [`bench run ${name}`, "200 sequences in each mode"],
      [`bench run ${name} --duration 10m --mode stream`, "for ten minutes, in one mode"],
      [`bench run ${name} --mode stream --seed 17 --runs 1`, "one sequence again"],
    ],
    run: async (args, context) => context.runFuzz(readFuzzOptions(args, options), context),
  };
}

/** Reads the options of random sequences. @throws UsageError `invalid-option`, with all problems at once */
export function readFuzzOptions(args: RawArguments, options: Command["options"]): FuzzOptions {
  const { mode, duration: durationUs, ...given } = readOptions(options, schema, args);
  return {
    ...given,
    ...(mode === undefined ? {} : { modes: [...new Set(mode)] }),
    ...(durationUs === undefined ? {} : { durationMs: msFromMicros(durationUs) }),
  };
}
