import type { ScenarioDefinition } from "../harness/core/scenario.ts";
import { scenario as fiveWays } from "./five-ways.ts";
import { scenario as quickstart } from "./quickstart.ts";

/** All scenarios, by the name that `bench run` takes. One more is one file and one line. */
export const SCENARIOS = { quickstart, "five-ways": fiveWays } as const satisfies Record<
  string,
  ScenarioDefinition
>;
