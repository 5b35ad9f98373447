import { inspect } from "node:util";
import packageJson from "../package.json" with { type: "json" };
import type { Command, Services } from "./commands/command.ts";
import { complete } from "./commands/completion/complete.ts";
import { COMPLETE } from "./commands/completion/scripts.ts";
import { commands } from "./commands/index.ts";
import { parseCommandLine } from "./commands/parse-command-line.ts";
import { withScenarioFile } from "./commands/scenario-file.ts";
import { BenchError, messageOf } from "./core/errors.ts";
import { EXIT_CODES, type ExitCode } from "./core/exit-codes.ts";
import type { TextStream } from "./core/text-stream.ts";
import { type SignalSource, watchSignals } from "./interruption.ts";

/** The process that `bench` runs in: the real one in `bin.ts`, a recorder in tests. */
export interface BenchProcess extends SignalSource {
  /** The words of the command line, without node and the script. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/** Does what the command line asks for, and gives the code to exit with. Never throws. */
export async function main(proc: BenchProcess, ownServices: Services): Promise<ExitCode> {
  const interruption = watchSignals(proc);
  try {
    const [first, ...words] = proc.argv;
    if (first === COMPLETE) {
      // The file of a scenario is not loaded: what is being typed is not to be run.
      const candidates = complete(words, commandsFor(words, ownServices));
      proc.stdout.write(candidates.map(({ word, description }) => `${word}\t${description}\n`).join(""));
      return EXIT_CODES.passed;
    }
    const scenarios = await withScenarioFile(proc.argv, ownServices.scenarios, proc.cwd);
    const services = { ...ownServices, scenarios };
    const request = await parseCommandLine(proc.argv, {
      commands: commandsFor(proc.argv, services),
      version: packageJson.version,
      columns: proc.stdout.columns,
    });
    switch (request.kind) {
      case "show":
        proc.stdout.write(request.text);
        return EXIT_CODES.passed;
      case "nothing":
        proc.stderr.write(`${request.text}\nbench: no command was given\n`);
        return EXIT_CODES.usage;
      case "command": {
        const { env, cwd, stdout, stderr } = proc;
        const { signal } = interruption;
        return await request.command.run(request.args, { ...services, env, cwd, stdout, stderr, signal });
      }
      default:
        return request satisfies never;
    }
  } catch (error) {
    return fail(error, proc, interruption.signal.aborted);
  } finally {
    interruption.dispose();
  }
}

/** The commands as they are for these words. */
function commandsFor(words: readonly string[], services: Services): Readonly<Record<string, Command>> {
  const all: Readonly<Record<string, Command>> = commands;
  return Object.fromEntries(
    Object.entries(all).map(([name, command]) => [name, command.forWords?.(words, services) ?? command]),
  );
}

function fail(error: unknown, { argv, stderr }: BenchProcess, interrupted: boolean): ExitCode {
  const debug = argv.includes("--debug");
  if (debug) stderr.write(`${inspect(error)}\n`);
  // What a command throws while it is being stopped is a consequence of that.
  if (interrupted) {
    stderr.write("bench: interrupted\n");
    return EXIT_CODES.interrupted;
  }
  if (error instanceof BenchError) {
    stderr.write(`bench: ${error.message}\n`);
    return error.exitCode;
  }
  const hint = debug ? "" : "; --debug shows where it came from";
  stderr.write(`bench: unexpected error: ${messageOf(error)}${hint}\n`);
  return EXIT_CODES.unexpected;
}
