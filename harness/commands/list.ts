import { z } from "zod";
import { wrap } from "../../reports/wrap.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { MODE_FACTS, MODES } from "../core/modes.ts";
import type { ScenarioDefinition } from "../core/scenario.ts";
import { type Paint, painter } from "../core/text-stream.ts";
import type { Command } from "./command.ts";
import { flag } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const options = {
  modes: { kind: "flag", description: "Show the rendering modes instead, and what is to be known of them" },
  json: { kind: "flag", description: "Print them as JSON" },
} satisfies Command["options"];

/** `bench list`: the scenarios that `bench run` knows, or the rendering modes. */
export const list: Command = {
  description: "Show the scenarios that can be run, or the rendering modes",
  options,
  examples: [
    ["bench list", "names, and what question each answers"],
    ["bench list --modes", "five ways to render a list, and a variant"],
  ],
  run: async (args, { scenarios, fuzz, stdout, env }) => {
    const { json, modes } = readOptions(options, z.object({ json: flag(), modes: flag() }), args);
    const answered = [...summaries(scenarios), ...(fuzz === undefined ? [] : summaries([fuzz.definition]))];
    const listed = modes ? MODES.map((name) => ({ name, ...MODE_FACTS[name] })) : answered;
    if (json) stdout.write(`${JSON.stringify(listed, undefined, 2)}\n`);
    else {
      const paint = painter(stdout, env);
      const columns = Math.min(100, stdout.columns ?? 100);
      const lines = modes ? modeLines(paint) : scenarioLines(answered, paint, columns);
      stdout.write(lines.map((line) => `${line}\n`).join(""));
    }
    return EXIT_CODES.passed;
  },
};

type Summary = Pick<ScenarioDefinition, "name" | "question">;

/** Where a terminal is narrower than the names and this, lines are longer than it is. */
const MIN_QUESTION = 20;

function summaries(scenarios: Readonly<Record<string, Summary>> | readonly Summary[]): Summary[] {
  return Object.values(scenarios).map(({ name, question }) => ({ name, question }));
}

/** A line a scenario: its name, and its question, which goes on below itself where it is too long. */
function scenarioLines(all: readonly Summary[], paint: Paint, columns: number): string[] {
  const width = Math.max(0, ...all.map(({ name }) => name.length)) + 2;
  return all.flatMap(({ name, question }) =>
    wrap(question, Math.max(MIN_QUESTION, columns - width)).map((line, at) =>
      at === 0 ? `${paint("bold", name)}${" ".repeat(width - name.length)}${line}` : " ".repeat(width) + line,
    ),
  );
}

/** A paragraph a mode: its name and how it is written, then what is to be known of it. */
function modeLines(paint: Paint): string[] {
  const width = Math.max(...MODES.map((name) => name.length));
  return MODES.flatMap((name, at) => {
    const { inLiveView, keeps, insertSends, cannot } = MODE_FACTS[name];
    const facts = [
      `the server keeps ${keeps}`,
      `an insert sends ${insertSends}`,
      ...cannot.map((what) => `it cannot ${what}`),
    ];
    return [
      ...(at === 0 ? [] : [""]),
      `${paint("bold", name)}${" ".repeat(width - name.length)}  ${inLiveView}`,
      ...facts.map((fact) => `${" ".repeat(width + 2)}${fact}`),
    ];
  });
}
