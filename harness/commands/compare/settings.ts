import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { messageOf } from "../../core/errors.ts";
import { MODES } from "../../core/modes.ts";
import { planScenario, type ScenarioDefinition } from "../../core/scenario.ts";
import type { Services } from "../command.ts";
import { suggestion } from "../nearest.ts";
import { parseCommandLine } from "../parse-command-line.ts";
import { readRunOptions, run } from "../run.ts";

/** What is run of a scenario: what it is called, and the words for `bench run` behind the scenario. */
export interface Setting {
  readonly name: string;
  readonly words: readonly string[];
}

/** What variants differ in, each as it was typed, with commas between values. */
export interface Axes {
  readonly mode: readonly string[];
  /** Addresses, or files that say how a target is used. */
  readonly target: readonly string[];
  /** `users=50,100` */
  readonly vary: readonly string[];
}

/** Settings, and all that is wrong with what was given, a sentence each. */
export interface Settings {
  readonly settings: readonly Setting[];
  readonly problems: readonly string[];
}

/** One value of an axis. */
interface Choice {
  readonly name: string;
  readonly word: string;
}

/**
 * Every combination of the values that were given. Without a mode those of the scenario; without a mode and with a target what
 * the target has. Each is held to what `bench run` takes, so that no run is made whose successor is refused.
 *
 * @param shared words that each of them has besides
 * @param cwd where relative paths start
 */
export async function settingsOf(
  definition: ScenarioDefinition,
  axes: Axes,
  shared: readonly string[],
  { services, cwd, scenarioName }: { services: Services; cwd: string; scenarioName: string },
): Promise<Settings> {
  const problems = shared.flatMap((word) => {
    const [, own] = OWN.exec(word) ?? [];
    if (own === undefined) return [];
    return [`--with cannot be --${own}: ${own === "mode" ? "give it to compare itself" : "compare says it"}`];
  });
  const all = [
    modesOf(definition, axes),
    targetsOf(axes.target, cwd, problems),
    ...variedOf(definition, axes.vary, problems),
  ].filter((choices) => choices.length > 0);
  const settings = all
    .reduce<readonly Choice[][]>(
      (sets, choices) => sets.flatMap((set) => choices.map((choice) => [...set, choice])),
      [[]],
    )
    .map((choices) => ({
      name: choices
        .filter((_, at) => (all[at]?.length ?? 0) > 1)
        .map(({ name }) => name)
        .join(" "),
      words: [...choices.map(({ word }) => word), ...shared],
    }));
  for (const { words } of settings) {
    problems.push(...(await refused(definition, [scenarioName, ...words], services, cwd)));
  }
  // A target may have several modes.
  if (settings.length < 2 && (axes.target.length === 0 || axes.mode.length > 0)) {
    problems.push("compare needs two variants, as --mode stream,stateful or --vary users=50,100");
  }
  const twice = settings.find(({ name }, at) => settings.findIndex((other) => other.name === name) < at);
  if (twice !== undefined) problems.push(`there are two variants ${twice.name}`);
  return { settings, problems: [...new Set(problems)] };
}

/** What compare says to each run itself. */
const OWN = /^--(mode|out|json|quiet|why)(=|$)/;

const listed = (given: readonly string[]): string[] => [
  ...new Set(given.flatMap((one) => one.split(",").map((part) => part.trim()))),
];

function modesOf({ common }: ScenarioDefinition, { mode, target }: Axes): Choice[] {
  const given = mode.length === 0 ? (target.length === 0 ? common.modes : []) : listed(mode);
  const modes = [...new Set(given.flatMap((one) => (one === "all" ? MODES : one)))];
  return modes.map((name) => ({ name, word: `--mode=${name}` }));
}

function targetsOf(given: readonly string[], cwd: string, problems: string[]): Choice[] {
  return listed(given).map((target) => {
    const url = URL.parse(target);
    if (url?.protocol === "http:" || url?.protocol === "https:") {
      return {
        name: `${url.host}${url.pathname === "/" ? "" : url.pathname}${url.search}`,
        word: `--target=${target}`,
      };
    }
    const file = resolve(cwd, target);
    if (!existsSync(file)) problems.push(`--target ${target} is neither an address nor a file`);
    return { name: basename(target).replace(/\.[^.]+$/, ""), word: `--config=${file}` };
  });
}

function variedOf(
  { parameters }: ScenarioDefinition,
  given: readonly string[],
  problems: string[],
): Choice[][] {
  const values = new Map<string, string[]>();
  for (const one of given) {
    const [, name, list] = /^(?:--)?([a-z][a-z-]*)=(.+)$/.exec(one) ?? [];
    if (name === undefined || list === undefined) {
      problems.push(`--vary must be parameter=value,value, as users=50,100, not ${JSON.stringify(one)}`);
    } else if (Object.hasOwn(parameters, name)) {
      values.set(name, [...new Set([...(values.get(name) ?? []), ...listed([list])])]);
    } else {
      problems.push(`--vary names no parameter: ${name}${suggestion(name, Object.keys(parameters))}`);
    }
  }
  return [...values].map(([name, list]) =>
    list.map((value) => ({ name: `${name}=${value}`, word: `--${name}=${value}` })),
  );
}

/** Why `bench run` would not take these words. */
async function refused(
  definition: ScenarioDefinition,
  words: readonly string[],
  services: Services,
  cwd: string,
): Promise<string[]> {
  try {
    const whole = ["run", ...words];
    const command = run.forWords?.(whole, services) ?? run;
    const request = await parseCommandLine(whole, { commands: { run: command }, version: "" });
    if (request.kind !== "command") return ["--with takes options of bench run that change what is run"];
    const { values, modes, seed } = readRunOptions(request.args, cwd, definition.parameters);
    planScenario(definition, values, {
      ...(modes === undefined ? {} : { modes }),
      ...(seed === undefined ? {} : { seed }),
    });
    return [];
  } catch (error) {
    const [first = "", ...others] = messageOf(error).split("\n  ");
    return others.length > 0 && /^\d+ problems:$/.test(first) ? others : [messageOf(error)];
  }
}
