import { expect } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import type { Reading, ScenarioCase } from "./scenario-cases.ts";
import { runOn, serverWith } from "./scenario-run.ts";

function readingOf({ metrics }: RunResult, name: string, mode: string, reading: Reading): number | undefined {
  const metric = metrics.find((one) => one.name === name && one.mode === mode);
  return metric && (metric.values as Partial<Record<Reading, number>>)[reading];
}

/** The thresholds that a run has broken; none of those that it had no sample for and may lack. */
function brokenIn({ thresholds }: RunResult, mayLack?: string) {
  const broken = thresholds.filter(({ passed }) => !passed);
  return broken.filter(({ name, actual }) => actual !== null || name !== mayLack).map(({ name }) => name);
}

/** What a case holds, for the name of its test. */
export const titleOf = ({ scenario, by, metric, mode }: ScenarioCase) =>
  `${scenario}: ${metric} in ${mode} is moved by ${"fault" in by ? `the fault ${by.fault}` : by.options.join(" to ")}`;

/** Makes both runs of a case at the same time, on the same machine, and holds them to it. */
export async function tryScenarioCase(one: ScenarioCase): Promise<void> {
  const { scenario, options, mode, by, metric, reading, moves, fails, mayLack } = one;
  const [firstOption, secondOption] = "options" in by ? by.options.map((option) => [option]) : [[], []];
  const run = async (faulty: boolean) =>
    runOn(
      await serverWith(faulty && "fault" in by ? [by.fault] : []),
      scenario,
      ...["--mode", mode, ...options],
      ...((faulty ? secondOption : firstOption) ?? []),
    );
  // At the same time, on the same machine.
  const [first, second] = await Promise.all([run(false), run(true)]);

  // On a machine that is too busy for times a run is void, and nothing was wrong all the same.
  expect([first.checks.failed, brokenIn(first, mayLack)]).toEqual([0, []]);
  if (fails === undefined) expect([second.checks.failed, brokenIn(second)]).toEqual([0, []]);
  else {
    const isWrong = second.checks.failed > 0 || second.generator.believable;
    expect(second.verdict).toBe(isWrong ? "failed" : "void");
    expect(brokenIn(second)).toContain(fails);
  }

  const [before, after] = [first, second].map((result) => readingOf(result, metric, mode, reading));
  expect({ before, after }).toEqual({ before: expect.any(Number), after: expect.any(Number) });
  const [least, most] = moves;
  const moved = Number(after) - Number(before);
  expect({ before, after, moved, within: moved >= least && moved <= most }).toMatchObject({ within: true });
}
