import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf, UsageError } from "../core/errors.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import type { Services } from "./command.ts";

const MODULE = /\.[cm]?[jt]s$/;

/**
 * The scenarios that there are, with that of a file among the words of `bench run` or `bench compare`, by the name that was typed:
 * `bench run ./my-scenario.ts`.
 *
 * @param cwd where relative paths start
 * @throws UsageError `scenario-file` where there is no such file, or no scenario in it
 */
export async function withScenarioFile(
  words: readonly string[],
  scenarios: Services["scenarios"],
  cwd: string,
): Promise<Services["scenarios"]> {
  const [command, ...rest] = words;
  const file =
    command === "run" || command === "compare" ? rest.find((word) => MODULE.test(word)) : undefined;
  return file === undefined ? scenarios : { ...scenarios, [file]: await loadScenario(file, cwd) };
}

async function loadScenario(file: string, cwd: string): Promise<ScenarioDefinition> {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`${file} ${why}`, { code: "scenario-file", cause });
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw refuse("is not there");
  let loaded: { readonly scenario?: unknown };
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = messageOf(error);
    const advice = why.includes("outside a module") ? '; name it .mts, or set "type": "module"' : "";
    throw refuse(`cannot be loaded: ${why}${advice}`, error);
  }
  const { scenario } = loaded;
  if (!isScenario(scenario)) throw refuse("has no scenario: export const scenario = defineScenario({ ... })");
  return scenario;
}

function isScenario(value: unknown): value is ScenarioDefinition {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "load";
}
