import { describe, expect, test } from "vitest";
import type { Services } from "../../harness/commands/command.ts";
import { run } from "../../harness/commands/run.ts";
import { METRIC_NAMES } from "../../harness/core/metric-names.ts";
import { defaultOf, type Parameter, type ParameterValue } from "../../harness/core/parameter.ts";
import { planScenario, type ScenarioDefinition, usersOf } from "../../harness/core/scenario.ts";
import { parseThreshold } from "../../harness/core/threshold.ts";
import { SCENARIOS } from "../../scenarios/index.ts";

const every = Object.entries<Services["scenarios"][string]>(SCENARIOS);
/** Those that put load on something. */
const all = every.flatMap(([name, one]): [string, ScenarioDefinition][] =>
  one.kind === "load" ? [[name, one]] : [],
);

/** The values at the ends of what a parameter allows. */
function ends(parameter: Parameter): ParameterValue[] {
  switch (parameter.kind) {
    case "number":
      return [parameter.least, parameter.most];
    case "numbers": {
      const { least, most, fewest = 1 } = parameter;
      const several = (from: number) => Array.from({ length: fewest }, (_, at) => from + at);
      return [several(least), several(most - fewest + 1), [least, least + 1, most]];
    }
    case "duration":
      return [parameter.least, parameter.most].map((text) => defaultOf({ ...parameter, default: text }));
    case "choice":
      return [...parameter.choices];
    default:
      return parameter satisfies never;
  }
}

/** Users that a scenario has with so many of them asked for. */
const usersFor = (definition: ScenarioDefinition, users: number) =>
  usersOf(planScenario(definition, { users }));

describe.each(every)("%s", (name, definition) => {
  const { question, description } = definition;

  test("has the name by which it is listed, and asks one question in a line", () => {
    expect(definition.name).toBe(name);
    expect(question).toMatch(/^[A-Z][^?\n]{0,108}\?$/);
  });

  test("says how it answers it in whole sentences", () => {
    expect(description).toMatch(/^[A-Z][^\n]*\.$/);
  });

  test("is what its file is called", async () => {
    const file: { scenario: unknown } = await import(`../../scenarios/${name}.ts`);
    expect(file.scenario).toBe(definition);
  });
});

describe.each(all)("%s", (name, definition) => {
  const { parameters } = definition;

  test("has parameters that are named and described as options are, and are none of every run's", () => {
    for (const [parameter, { description: words }] of Object.entries(parameters)) {
      expect(parameter).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(words).toMatch(/^[A-Z].*[^.]$/);
    }
    expect(Object.keys(parameters).filter((parameter) => Object.hasOwn(run.options, parameter))).toEqual([]);
  });

  const cases = Object.entries(parameters).flatMap(([parameter, of]) =>
    ends(of).map((value) => [parameter, value] as const),
  );
  test.each(cases)("can be run with --%s %j", (parameter, value) => {
    expect(planScenario(definition, { [parameter]: value }).name).toBe(name);
  });

  test("can be run with all of them at their ends at once", () => {
    for (const end of [0, 1]) {
      const values = Object.entries(parameters).map(([parameter, of]) => [parameter, ends(of)[end] ?? 0]);
      expect(planScenario(definition, Object.fromEntries(values)).name).toBe(name);
    }
  });

  test("has thresholds that can be judged, each on a metric that there is", () => {
    const { thresholds } = planScenario(definition, {});
    for (const [metric, conditions] of Object.entries(thresholds)) {
      expect(Object.values<string>(METRIC_NAMES)).toContain(metric);
      for (const condition of conditions) {
        expect(typeof condition).toBe("string");
        expect(parseThreshold(metric, String(condition), "error", name).metric).toBe(metric);
      }
    }
  });
});

const peopled = all.filter(([, { parameters }]) => parameters.users !== undefined);

test.each(peopled)("%s has as many users as are asked for, visitors among them", (_, definition) => {
  const { users } = definition.parameters;
  const counts = [...ends(users as Parameter).map(Number), 97, 1000];
  expect(counts.map((count) => usersFor(definition, count))).toEqual(counts);
});

test.each([
  [200, [180, 20]],
  [20, [18, 2]],
  [9, [9, 0]],
  [1, [1, 0]],
])("of %i users of quickstart, one in ten is in the other room: %j", (users, members) => {
  expect(planScenario(SCENARIOS.quickstart, { users }).rooms.members).toEqual(members);
});

test.each([
  [40, 20, [20, 20]],
  [45, 20, [20, 20, 5]],
  [10, 20, [10]],
])("%i users of memory-per-connection in rooms of %i are %j", (users, size, members) => {
  const { rooms } = planScenario(SCENARIOS["memory-per-connection"], { users, "room-size": size });
  expect(rooms.members).toEqual(members);
});
