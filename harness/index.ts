/** What a scenario of one's own, or a program that reads results, takes from this package. */

export { NOTHING_WRONG } from "../scenarios/nothing-wrong.ts";
export { browsers, duration, PAGE_SIZE, rate, users } from "../scenarios/parameters.ts";
export { referenceSite } from "../scenarios/reference-site.ts";
export { BenchError, UsageError } from "./core/errors.ts";
export { EXIT_CODES, type ExitCode } from "./core/exit-codes.ts";
export type { Metric } from "./core/metric.ts";
export { MODES, type Mode } from "./core/modes.ts";
export type { Parameter, Parameters } from "./core/parameter.ts";
export { parseRunResult, type RunResult, runResultSchema, SCHEMA_VERSION } from "./core/run-result.ts";
export {
  defineScenario,
  type Scenario,
  type ScenarioDefinition,
  type ScenarioSource,
} from "./core/scenario.ts";
export type { Site } from "./core/site.ts";
export type { Step } from "./core/step.ts";
