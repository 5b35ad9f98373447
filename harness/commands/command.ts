import type { CaseRunOptions } from "../core/case-run-options.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import type { ExitCode } from "../core/exit-codes.ts";
import type { FuzzDefinition, FuzzOptions } from "../core/fuzz.ts";
import type { Io } from "../core/io.ts";
import type { RunOptions } from "../core/run-options.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import type { SelfTestDefinition, SelfTestOptions } from "../core/self-test.ts";

/** An option as the help shows it. Its value is read and judged by the command's own schema. */
export interface OptionSpec {
  /** `flag` takes no value; `list` takes one each time it is given; `value` may be given once. */
  readonly kind: "flag" | "value" | "list";
  /** For the help: one line, without a full stop. */
  readonly description: string;
  /** For the help: what holds where the option is absent. */
  readonly otherwise?: string;
  /** What it is where it is given without a value; then a value has to stand behind `=`. Default: a value is needed. */
  readonly alone?: string;
  /** For the help: the heading under which it is shown. Default: `Options:`. */
  readonly group?: string;
  /** The names that it takes, where there are few: a shell offers them. */
  readonly values?: readonly string[];
  /** Whether it is read, but not shown in the help. */
  readonly hidden?: true;
}

/** What was given, unjudged: strings by option name, arrays of them for lists, true for flags. */
export type RawArguments = Readonly<Record<string, unknown>>;

/** A scenario of any kind. */
export type AnyScenario = ScenarioDefinition | CasesDefinition | SelfTestDefinition | FuzzDefinition;

/** What the commands need of the rest of the program; `bin.ts` brings the real ones, tests their own. */
export interface Services {
  readonly scenarios: Readonly<Record<string, AnyScenario>>;
  /** Runs a scenario to its end or to the abort of `io.signal`, writes its result, and says how it ended. */
  readonly runScenario: (scenario: ScenarioDefinition, options: RunOptions, io: Io) => Promise<ExitCode>;
  /** The same for a scenario of cases. */
  readonly runCases: (scenario: CasesDefinition, options: CaseRunOptions, io: Io) => Promise<ExitCode>;
  /** Tries faults, prints what became of them, and says how that ended. */
  readonly runSelfTest: (scenario: SelfTestDefinition, options: SelfTestOptions, io: Io) => Promise<ExitCode>;
  /** Goes on to its end, to the first difference or to the abort of `io.signal`, and says how it ended. */
  readonly runFuzz: (options: FuzzOptions, io: Io) => Promise<ExitCode>;
}

/** What a command runs in. */
export interface CommandContext extends Io, Services {}

/** One command of `bench`: one file in this folder, one line in `index.ts`. */
export interface Command {
  /** For the help: one line, without a full stop. */
  readonly description: string;
  /** The name of its one argument, which is then required; absent where it takes none. */
  readonly argument?: {
    readonly name: string;
    readonly description: string;
    /** The names that a shell offers. */
    readonly values?: readonly string[];
  };
  /** Arguments behind that one, as many as are given; absent where it takes none. */
  readonly others?: {
    readonly name: string;
    readonly description: string;
    /** Whether there may be none. */
    readonly isOptional?: true;
    /** The names that a shell offers. */
    readonly values?: readonly string[];
  };
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** The command as it is for these words, where what it takes depends on its argument. Default: always the same. */
  readonly forWords?: (words: readonly string[], services: Services) => Command;
  /** For the help: at least one command line, and what it does. */
  readonly examples: readonly (readonly [commandLine: string, what: string])[];
  /**
   * Does it, and says how the process should end.
   *
   * @throws UsageError for what was given and cannot be used, all problems at once
   */
  readonly run: (args: RawArguments, context: CommandContext) => Promise<ExitCode>;
}
