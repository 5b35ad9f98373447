import yargs from "yargs";
import { UsageError } from "../core/errors.ts";
import type { Command, RawArguments } from "./command.ts";
import { suggestion } from "./nearest.ts";

/** What a command line asks for. */
export type Request =
  /** To see a text: the help, or the version. */
  | { readonly kind: "show"; readonly text: string }
  /** Nothing: no command was given. `text` is the help. */
  | { readonly kind: "nothing"; readonly text: string }
  | { readonly kind: "command"; readonly command: Command; readonly args: RawArguments };

/** What the parser must know besides the words. */
export interface CommandLineSettings {
  readonly commands: Readonly<Record<string, Command>>;
  /** What `--version` says. */
  readonly version: string;
  /** The terminal's width; the help is never wider than 100 characters. */
  readonly columns?: number | undefined;
}

const GLOBAL_OPTIONS = ["help", "version", "debug"];
const SHORT_OPTIONS = ["h"];

/**
 * Finds the command and its words. Names are judged here, values are not.
 *
 * @param words the command line without the program: `["run", "quickstart", "--users", "10"]`
 * @throws UsageError for a command or an option that there is not, or a missing argument or value
 */
export async function parseCommandLine(
  words: readonly string[],
  settings: CommandLineSettings,
): Promise<Request> {
  const { commands } = settings;
  const outcome = await parse(words, settings);
  const name = outcome.args._[0];
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name !== undefined && !command) {
    throw new UsageError(`unknown command ${name}${suggestion(name, Object.keys(commands))}`, {
      code: "unknown-command",
    });
  }
  rejectUnknownOptions(outcome.args, command);
  if (outcome.args.help || outcome.args.version) return { kind: "show", text: outcome.output };
  if (!command) return { kind: "nothing", text: await helpOf(settings) };
  const [, firstWord] = outcome.args._;
  // Where yargs refuses the options, it leaves the argument among the words.
  if (command.argument && outcome.args[command.argument.name] === undefined && firstWord === undefined) {
    throw new UsageError(
      `${name} needs a ${command.argument.name}: ${command.examples[0]?.[0] ?? "see --help"}`,
      { code: "missing-argument" },
    );
  }
  const { others } = command;
  if (others && others.isOptional !== true && isNone(outcome.args[others.name]) && firstWord === undefined) {
    throw new UsageError(`${name} needs ${others.name}: ${command.examples[0]?.[0] ?? "see --help"}`, {
      code: "missing-argument",
    });
  }
  if (outcome.error) throw new UsageError(outcome.error.message, { code: "invalid-option" });
  if (firstWord !== undefined) {
    throw new UsageError(`${name} takes no argument ${firstWord}; see bench ${name} --help`, {
      code: "surplus-argument",
    });
  }
  return { kind: "command", command, args: outcome.args };
}

interface Outcome {
  readonly error: Error | undefined;
  readonly args: RawArguments & { readonly _: readonly string[] };
  /** What yargs would have printed. */
  readonly output: string;
}

function parse(words: readonly string[], settings: CommandLineSettings): Promise<Outcome> {
  return new Promise((resolve) => {
    // With a callback, yargs neither prints nor ends the process: it hands over what it would have said.
    void parser(settings).parse(
      withValues(words, settings),
      {},
      (error: Error | undefined, args: object, output: string) => {
        resolve({
          error: error ?? undefined,
          args: args as Outcome["args"],
          output: output === "" ? "" : `${withoutTypes(output)}\n`,
        });
      },
    );
  });
}

/** The words, with the values of options that were given without one and have one then. */
function withValues(words: readonly string[], { commands }: CommandLineSettings): string[] {
  const alone = Object.values(commands).flatMap((command) =>
    Object.entries(command.options).flatMap(([name, option]) =>
      option.alone === undefined ? [] : [[`--${name}`, `--${name}=${option.alone}`] as const],
    ),
  );
  const values = new Map<string, string>(alone);
  return words.map((word) => values.get(word) ?? word);
}

function parser({ commands, version, columns }: CommandLineSettings) {
  const cli = yargs()
    .scriptName("bench")
    .usage("Usage: $0 <command> [options]")
    .locale("en")
    .updateStrings({
      "Not enough arguments following: %s": "--%s needs a value",
      // What is in no group: the global options, which so come last.
      "Options:": "Everywhere:",
      "Positionals:": "Argument:",
    })
    .exitProcess(false)
    .wrap(Math.min(100, columns ?? 100))
    .version(version)
    .help()
    .alias("help", "h")
    .option("debug", { type: "boolean", description: "Show where an error came from" })
    .epilogue("See bench <command> --help for its options and examples.")
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "short-option-groups": false,
    });
  for (const [name, command] of Object.entries(commands)) {
    const { argument, others } = command;
    const call = callOf(name, command);
    cli.command(call, command.description, (own) => {
      own.usage(`${command.description}.\n\nUsage: $0 ${call} [options]`);
      own.epilogue(exampleLines(command));
      if (argument) own.positional(argument.name, { description: argument.description });
      if (others) own.positional(others.name, { description: others.description });
      for (const [option, { kind, description, otherwise, group, hidden }] of Object.entries(
        command.options,
      )) {
        own.option(option, {
          description,
          group: group ?? "Options:",
          hidden: hidden === true,
          ...(kind === "flag" ? { type: "boolean" } : { nargs: 1 }),
          ...(otherwise === undefined ? {} : { defaultDescription: otherwise }),
        });
      }
    });
  }
  return cli;
}

/** How a command is called: `run <scenario>`, `gate [runs..]`. */
function callOf(name: string, { argument, others }: Command): string {
  const one = argument ? ` <${argument.name}>` : "";
  if (!others) return `${name}${one}`;
  return `${name}${one} ${others.isOptional ? `[${others.name}..]` : `<${others.name}..>`}`;
}

const isNone = (given: unknown): boolean =>
  given === undefined || (Array.isArray(given) && given.length === 0);

function exampleLines({ examples }: Command): string {
  return `Examples:\n${examples.map(([commandLine, what]) => `  ${commandLine}\n      ${what}`).join("\n")}`;
}

async function helpOf(settings: CommandLineSettings): Promise<string> {
  return (await parse(["--help"], settings)).output;
}

/** The help without the types that yargs puts behind every option: the descriptions say more. */
function withoutTypes(help: string): string {
  return help
    .replaceAll(/ +\[(?:boolean|string|required|array|default: \[\])\]/g, "")
    .replaceAll(/ +$/gm, "");
}

function rejectUnknownOptions(args: RawArguments, command: Command | undefined): void {
  const known = [...Object.keys(command?.options ?? {}), ...GLOBAL_OPTIONS];
  const allowed = new Set([
    ...known,
    ...SHORT_OPTIONS,
    command?.argument?.name,
    command?.others?.name,
    "_",
    "$0",
  ]);
  const unknown = Object.keys(args).filter((key) => !allowed.has(key));
  if (unknown.length === 0) return;
  const said = unknown.map((key) =>
    key.length === 1 ? `-${key}` : `--${key}${suggestion(key, known, "--")}`,
  );
  throw new UsageError(`unknown option ${said.join(" and ")}`, { code: "unknown-option" });
}
