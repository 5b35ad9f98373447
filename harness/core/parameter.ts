import { parseDuration } from "./duration.ts";
import { type Micros, msFromMicros } from "./units.ts";

interface Described {
  /** For the help: one line, without a full stop. */
  readonly description: string;
}

/** A number within bounds, both included. */
export interface NumberParameter extends Described {
  readonly kind: "number";
  /** What is counted or measured: `users`, `per second`, `messages`. */
  readonly unit: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  /** Whether fractions are allowed. Default: they are not. */
  readonly fractions?: true;
}

/** Several whole numbers within bounds, ascending, each once: `10,100,1000`. */
export interface NumbersParameter extends Described {
  readonly kind: "numbers";
  readonly unit: string;
  readonly default: readonly number[];
  readonly least: number;
  readonly most: number;
  /** How many there are at least. Default: 1. */
  readonly fewest?: number;
}

/** A length of time as k6 writes it: `10s`, `1m30s`. Its value is in milliseconds. */
export interface DurationParameter extends Described {
  readonly kind: "duration";
  readonly default: string;
  readonly least: string;
  readonly most: string;
}

/** One of a few words. */
export interface ChoiceParameter<Choice extends string = string> extends Described {
  readonly kind: "choice";
  readonly default: Choice;
  readonly choices: readonly Choice[];
}

/** What a scenario can be run with, each by a flag of its name. */
export type Parameter = NumberParameter | NumbersParameter | DurationParameter | ChoiceParameter;

/** Parameters by name, in the order in which the help shows them. Names are in kebab-case. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** The value of a parameter; milliseconds for a duration. */
export type ParameterValue = number | readonly number[] | string;

/** The values of parameters, by name. */
export type ValuesOf<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends { kind: "choice"; choices: readonly (infer Choice)[] }
    ? Choice
    : P[Name] extends NumbersParameter
      ? readonly number[]
      : number;
};

/** What a parameter is where nobody says otherwise. */
export function defaultOf(parameter: Parameter): ParameterValue {
  return parameter.kind === "duration" ? milliseconds(parameter.default) : parameter.default;
}

/** What is wrong with a value, read on after the parameter's name: `must be from 1 to 10 users`; undefined where it fits. */
export function problemWith(parameter: Parameter, value: ParameterValue): string | undefined {
  const fits = within(parameter, value);
  return fits ? undefined : `must be ${expected(parameter)}`;
}

/** What values a parameter takes, in words: `a whole number from 1 to 5,000 users`. */
export function expected(parameter: Parameter): string {
  switch (parameter.kind) {
    case "number":
      return `a ${parameter.fractions ? "" : "whole "}number ${bounds(parameter)} ${parameter.unit}`;
    case "numbers": {
      const fewest = parameter.fewest ?? 1;
      const how = fewest > 1 ? `at least ${fewest} ` : "";
      return `${how}whole numbers ${bounds(parameter)} ${parameter.unit}, ascending, as ${parameter.default.join(",")}`;
    }
    case "duration":
      return `a duration from ${parameter.least} to ${parameter.most}`;
    case "choice":
      return `one of ${parameter.choices.join(", ")}`;
    default:
      return parameter satisfies never;
  }
}

/** A value as one would write it on the command line. */
export function written(parameter: Parameter): string {
  const { default: value } = parameter;
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Milliseconds of a duration that is known to be one. */
function milliseconds(text: string): number {
  const us: Micros | undefined = parseDuration(text);
  if (us === undefined) throw new RangeError(`${text} is no duration`);
  return msFromMicros(us);
}

function within(parameter: Parameter, value: ParameterValue): boolean {
  switch (parameter.kind) {
    case "number":
      return typeof value === "number" && isNumberOf(parameter, value, parameter.fractions === true);
    case "numbers":
      return (
        Array.isArray(value) &&
        value.length >= (parameter.fewest ?? 1) &&
        value.every((one, at) => isNumberOf(parameter, one, false) && (at === 0 || one > value[at - 1]))
      );
    case "duration":
      return (
        typeof value === "number" &&
        value >= milliseconds(parameter.least) &&
        value <= milliseconds(parameter.most)
      );
    case "choice":
      return parameter.choices.some((choice) => choice === value);
    default:
      return parameter satisfies never;
  }
}

function isNumberOf({ least, most }: Bounds, value: number, fractions: boolean): boolean {
  return value >= least && value <= most && (fractions || Number.isInteger(value));
}

type Bounds = Pick<NumberParameter, "least" | "most">;

function bounds({ least, most }: Bounds): string {
  const shown = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  return `from ${shown(least)} to ${shown(most)}`;
}
