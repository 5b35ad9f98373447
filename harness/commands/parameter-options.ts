import type { z } from "zod";
import { parseDuration } from "../core/duration.ts";
import {
  expected,
  type Parameter,
  type Parameters,
  type ParameterValue,
  problemWith,
  written,
} from "../core/parameter.ts";
import { msFromMicros } from "../core/units.ts";
import type { OptionSpec } from "./command.ts";
import { Refusal, readText } from "./option-values.ts";

/** The flags by which a scenario's parameters are given. */
export function parameterOptions(parameters: Parameters): Record<string, OptionSpec> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      {
        kind: "value",
        description: `${parameter.description}; ${expected(parameter)}`,
        otherwise: written(parameter),
        group: "Parameters of the scenario:",
        ...(parameter.kind === "choice" && { values: parameter.choices.map(String) }),
      } satisfies OptionSpec,
    ]),
  );
}

/** Reads the values of parameters from what was typed; those that were not given are absent. */
export function parameterSchema(parameters: Parameters) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      readText((text) => {
        const value = parsed(parameter, text);
        return value === undefined || problemWith(parameter, value) !== undefined
          ? new Refusal(`must be ${expected(parameter)}, not "${text}"`)
          : value;
      }).optional(),
    ]),
  ) satisfies Record<string, z.ZodType<ParameterValue | undefined>>;
}

/** What a text says; undefined where it is no value of this kind. */
function parsed({ kind }: Parameter, text: string): ParameterValue | undefined {
  switch (kind) {
    case "number":
      return number(text);
    case "numbers": {
      const values = text.split(",").map((part) => number(part.trim()));
      return values.every((value) => value !== undefined) ? values : undefined;
    }
    case "duration": {
      const us = parseDuration(text);
      return us === undefined ? undefined : msFromMicros(us);
    }
    case "choice":
      return text;
    default:
      return kind satisfies never;
  }
}

function number(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
