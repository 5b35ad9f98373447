import { z } from "zod";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { painter } from "../core/text-stream.ts";
import type { Command } from "./command.ts";
import { flag } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  json: { kind: "flag", description: "Print them as JSON" },
} satisfies Command["options"];

/** `bench list`: the scenarios that `bench run` knows. */
export const list: Command = {
  description: "Show the scenarios that can be run",
  options,
  examples: [["bench list", "names and descriptions"]],
  run: async (args, { scenarios, stdout, env }) => {
    const { json } = readOptions(options, z.object({ json: flag() }), args);
    const all = Object.values(scenarios).map(({ name, description }) => ({ name, description }));
    if (json) {
      stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
      return EXIT_CODES.passed;
    }
    const paint = painter(stdout, env);
    const width = Math.max(0, ...all.map(({ name }) => name.length));
    for (const { name, description } of all) {
      stdout.write(`${paint("bold", name)}${" ".repeat(width - name.length)}  ${description}\n`);
    }
    return EXIT_CODES.passed;
  },
};
