import type { Command, OptionSpec } from "../command.ts";

/** What a shell may put in place of the word that is being typed. */
export interface Candidate {
  readonly word: string;
  /** What it is, one line; empty where the word says it. */
  readonly description: string;
}

const HELP: readonly Candidate[] = [{ word: "--help", description: "Show help" }];
const TOP: readonly Candidate[] = [...HELP, { word: "--version", description: "Show version number" }];

/**
 * What may stand in place of the last word. None where it is a file, or anything else that is not known here.
 *
 * @param words those behind `bench` up to the one that is being typed, which may be empty. Bash hands `--mode=st` over as three
 * words, `--mode`, `=` and `st`, and has only the last one replaced; other shells as one.
 * @param commands as they are for these words
 */
export function complete(
  words: readonly string[],
  commands: Readonly<Record<string, Command>>,
): readonly Candidate[] {
  const current = words.at(-1) ?? "";
  const [name, ...given] = words.slice(0, -1);
  if (name === undefined) return beginningWith(current, current.startsWith("-") ? TOP : named(commands));
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return [];
  const { option, typed, prefix, isBehindEquals } = valueBeingTyped(current, given);
  const spec = option === undefined ? undefined : command.options[option];
  if (spec !== undefined && spec.kind !== "flag" && (isBehindEquals || spec.alone === undefined)) {
    return beginningWith(typed, bare(spec.values)).map(({ word, ...rest }) => ({
      ...rest,
      word: prefix + word,
    }));
  }
  if (current.startsWith("-")) return beginningWith(current, optionsLeft(command, given));
  const due = positional(command, given);
  if (due !== undefined) return beginningWith(current, bare(due.values));
  return current === "" ? optionsLeft(command, given) : [];
}

/** Of which option a value is being typed, as much of it as there is, and what of the word comes before it. */
function valueBeingTyped(current: string, given: readonly string[]) {
  const [before, last] = [given.at(-2), given.at(-1)];
  if (current === "=") return { option: optionName(last), typed: "", prefix: "", isBehindEquals: true };
  if (last === "=") return { option: optionName(before), typed: current, prefix: "", isBehindEquals: true };
  const [, option, typed] = /^(--[^=]+)=(.*)$/.exec(current) ?? [];
  if (option !== undefined && typed !== undefined) {
    return { option: optionName(option), typed, prefix: `${option}=`, isBehindEquals: true };
  }
  return { option: optionName(last), typed: current, prefix: "", isBehindEquals: false };
}

const optionName = (word: string | undefined): string | undefined =>
  word?.startsWith("--") && !word.includes("=") ? word.slice(2) : undefined;

/** The argument that comes next; undefined where there is none any more. */
function positional({ argument, others, options }: Command, given: readonly string[]) {
  const values = new Set(
    given.flatMap((word, at) => {
      const spec = options[optionName(word) ?? ""];
      if (spec === undefined || spec.kind === "flag") return [];
      if (given[at + 1] === "=") return [at + 1, at + 2];
      return spec.alone === undefined ? [at + 1] : [];
    }),
  );
  const taken = given.filter((word, at) => !word.startsWith("-") && !values.has(at)).length;
  return argument !== undefined && taken === 0 ? argument : others;
}

/** The options that may still be given. */
function optionsLeft({ options }: Command, given: readonly string[]): readonly Candidate[] {
  const left = ([name, { kind, hidden }]: [string, OptionSpec]): boolean =>
    hidden !== true &&
    (kind === "list" || !given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)));
  const shown = Object.entries(options).filter(left);
  return [...shown.map(([name, { description }]) => ({ word: `--${name}`, description })), ...HELP];
}

const named = (commands: Readonly<Record<string, Command>>): readonly Candidate[] =>
  Object.entries(commands).map(([word, { description }]) => ({ word, description: firstLine(description) }));

const bare = (values: readonly string[] = []): readonly Candidate[] =>
  values.map((word) => ({ word, description: "" }));

const firstLine = (text: string): string => text.split("\n", 1).join();

const beginningWith = (typed: string, candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(({ word }) => word.startsWith(typed));
