import { z } from "zod";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { painter } from "../core/text-stream.ts";
import type { Command } from "./command.ts";
import { diagnose } from "./doctor/diagnose.ts";
import { probeMachine } from "./doctor/probe.ts";
import { renderFindings } from "./doctor/render.ts";
import { flag } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  json: { kind: "flag", description: "Print the findings as JSON" },
} satisfies Command["options"];

/** `bench doctor`: whether this machine can run scenarios. Exit code 104 where something fails. */
export const doctor: Command = {
  description: "Check this machine: Chrome, limits, cores, ports, versions",
  options,
  examples: [["bench doctor", "what is there, and what to do about it"]],
  run: async (args, { env, stdout }) => {
    const { json } = readOptions(options, z.object({ json: flag() }), args);
    const findings = diagnose(await probeMachine(env));
    stdout.write(
      json ? `${JSON.stringify(findings, undefined, 2)}\n` : renderFindings(findings, painter(stdout, env)),
    );
    return findings.some(({ mark }) => mark === "fail") ? EXIT_CODES.usage : EXIT_CODES.passed;
  },
};
