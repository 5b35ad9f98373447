import { z } from "zod";
import type { SelfTestDefinition, SelfTestOptions } from "../core/self-test.ts";
import type { Command, OptionSpec, RawArguments } from "./command.ts";
import { suggestion } from "./nearest.ts";
import { flag, Refusal, readText, wholeNumber } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

/** What a self-test takes besides how it is told. */
export const selfTestOptions = {
  only: { kind: "value", description: "Faults to try: drop-delete,raw-html", otherwise: "all" },
  "at-once": {
    kind: "value",
    description: "Runs at a time",
    otherwise: "as many as there are cores",
  },
} as const satisfies Record<string, OptionSpec>;

/** The command for a self-test. @param shared the options that all scenarios take */
export function selfTestCommand(
  definition: SelfTestDefinition,
  shared: Readonly<Record<"json" | "quiet", OptionSpec>>,
): Command {
  const { name, question, description } = definition;
  const options = { ...selfTestOptions, ...shared };
  return {
    // A description of a command ends without a full stop.
    description: `${question}\n\n${description.replace(/\.$/, "")}`,
    argument: { name: "scenario", description: name },
    options,
    examples: [
      [`bench run ${name}`, "every fault; exit code 98 if one is not caught, or found where there is none"],
      [`bench run ${name} --only drop-delete,raw-html`, "two of them"],
    ],
    run: async (args, context) =>
      context.runSelfTest(definition, readSelfTestOptions(args, definition, options), context),
  };
}

/**
 * Reads the options of a self-test.
 *
 * @throws UsageError `invalid-option`, with all problems at once
 */
export function readSelfTestOptions(
  args: RawArguments,
  definition: SelfTestDefinition,
  options: Readonly<Record<string, OptionSpec>>,
): SelfTestOptions {
  const schema = z.object({
    only: faultsOf(definition).optional(),
    "at-once": wholeNumber(1, 64).optional(),
    json: flag(),
    quiet: flag(),
  });
  const { only, "at-once": atOnce, json, quiet } = readOptions(options, schema, args);
  return {
    ...(only === undefined ? {} : { only }),
    ...(atOnce === undefined ? {} : { atOnce }),
    json,
    quiet,
  };
}

const faultsOf = ({ cases }: SelfTestDefinition) =>
  readText((text) => {
    const faults = cases.map(({ fault }) => fault);
    const words = text.split(",").map((word) => word.trim());
    const unknown = words.find((word) => !faults.includes(word));
    if (unknown === undefined) return [...new Set(words)];
    return new Refusal(
      `names a fault ${JSON.stringify(unknown)}, which there is not${suggestion(unknown, faults)}`,
    );
  });
