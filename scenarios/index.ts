import type { Scenario } from "../harness/core/scenario.ts";
import { scenario as quickstart } from "./quickstart.ts";

/** All scenarios, by the name that `bench run` takes. One more is one file and one line. */
export const SCENARIOS = { quickstart } as const satisfies Record<string, Scenario>;
