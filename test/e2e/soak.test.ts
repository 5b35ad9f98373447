import { test } from "vitest";
import { SCENARIO_CASES } from "./scenario-cases.ts";
import { titleOf, tryScenarioCase } from "./try-scenario-case.ts";

// A server that reads the program from Node's cache holds less of it, and what grows in a few seconds is a larger part of that.
delete process.env.NODE_COMPILE_CACHE;

const cases = SCENARIO_CASES.filter(({ scenario }) => scenario === "soak");

test.each(cases.map((one) => [titleOf(one), one] as const))("%s", (_, one) => tryScenarioCase(one));
