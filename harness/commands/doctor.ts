import { z } from "zod";
import { UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { painter } from "../core/text-stream.ts";
import type { Command } from "./command.ts";
import { diagnose, type Finding } from "./doctor/diagnose.ts";
import { examineTarget } from "./doctor/examine-target.ts";
import { probeMachine } from "./doctor/probe.ts";
import { renderFindings } from "./doctor/render.ts";
import { flag, httpUrl, path } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  target: {
    kind: "value",
    description: "Look at this application instead: the address of a room's page",
    otherwise: "none",
  },
  config: { kind: "value", description: "File that says how the target is used", otherwise: "none" },
  write: { kind: "flag", description: "Write a message there, and delete it again, to see what can be done" },
  "allow-remote": { kind: "flag", description: "The target may be another machine" },
  json: { kind: "flag", description: "Print the findings as JSON" },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    target: httpUrl().optional(),
    config: path(cwd).optional(),
    write: flag(),
    "allow-remote": flag(),
    json: flag(),
  });

/** `bench doctor`: whether this machine can run scenarios, or a target be run on. Exit code 104 where something fails. */
export const doctor: Command = {
  description: "Check this machine, or with --target an application",
  options,
  examples: [
    ["bench doctor", "what is there, and what to do about it"],
    ["bench doctor --target http://127.0.0.1:4000/rooms/1", "what a run would find there"],
  ],
  run: async (args, { cwd, env, stdout, stderr, signal }) => {
    const given = readOptions(options, schema(cwd), args);
    const { target, config, write, json } = given;
    const isTarget = target !== undefined || config !== undefined;
    const idle = [...(write ? ["--write"] : []), ...(given["allow-remote"] ? ["--allow-remote"] : [])];
    if (!isTarget && idle.length > 0)
      throw new UsageError(`${idle.join(" and ")} without an application: say which one by --target`, {
        code: "no-target",
      });
    const { findings, details } = isTarget
      ? await examineTarget(
          { target, config, write, allowRemote: given["allow-remote"] },
          { signal, onLog: (line) => stderr.write(`target: ${line}\n`) },
        )
      : await examineMachine(env);
    stdout.write(
      json ? `${JSON.stringify(details, undefined, 2)}\n` : renderFindings(findings, painter(stdout, env)),
    );
    return findings.some(({ mark }) => mark === "fail") ? EXIT_CODES.usage : EXIT_CODES.passed;
  },
};

async function examineMachine(env: NodeJS.ProcessEnv): Promise<{ findings: Finding[]; details: Finding[] }> {
  const findings = diagnose(await probeMachine(env));
  return { findings, details: findings };
}
