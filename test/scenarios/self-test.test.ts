import { expect, test } from "vitest";
import type { Services } from "../../harness/commands/command.ts";
import { planScenario } from "../../harness/core/scenario.ts";
import { FAULTS } from "../../reference-server/faults.ts";
import { SCENARIOS } from "../../scenarios/index.ts";
import { FAULT_CASES } from "../../scenarios/self-test.ts";

test("every defect that the reference server can commit has a run that has to find it, and one alone", () => {
  expect(FAULT_CASES.map(({ fault }) => fault).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
});

test.each(FAULT_CASES.map((one) => [one.fault, one] as const))(
  "the run for %s is one of a scenario that there is, in a mode that it can be run in",
  (_, { scenario, mode }) => {
    const definition = Object.values<Services["scenarios"][string]>(SCENARIOS).find(
      ({ name }) => name === scenario,
    );
    expect(definition?.kind === "load" && planScenario(definition, {}, { modes: [mode] }).modes).toEqual([
      mode,
    ]);
  },
);
