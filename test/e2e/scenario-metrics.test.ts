import { test } from "vitest";
import { SCENARIO_CASES } from "./scenario-cases.ts";
import { titleOf, tryScenarioCase } from "./try-scenario-case.ts";

const cases = SCENARIO_CASES.filter(({ scenario }) => scenario !== "soak");

test.each(cases.map((one) => [titleOf(one), one] as const))("%s", (_, one) => tryScenarioCase(one));
