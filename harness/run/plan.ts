import { UsageError } from "../core/errors.ts";
import type { RunOptions } from "../core/run-options.ts";
import { planScenario, type Scenario, type ScenarioDefinition, thresholdEntries } from "../core/scenario.ts";
import { parseThreshold, type Threshold } from "../core/threshold.ts";
import { defaultWorkers } from "./generators.ts";

/** A scenario with everything that the command line overrides, ready to be run. */
export interface RunPlan {
  readonly scenario: Scenario;
  readonly thresholds: readonly Threshold[];
  /** Generator processes. */
  readonly workers: number;
  /** The server to run on, and its database; null where each mode gets a server of its own. */
  readonly target: {
    readonly origin: string;
    readonly database: string;
    /** The file that keeps its users' sessions from one run to the next; null for none. */
    readonly sessions: string | null;
  } | null;
}

/**
 * Plans a run.
 *
 * @throws UsageError where scenario and options do not go together
 */
export function planRun(definition: ScenarioDefinition, options: RunOptions): RunPlan {
  const { modes, seed } = options;
  const scenario = planScenario(definition, options.values, {
    ...(modes === undefined ? {} : { modes }),
    ...(seed === undefined ? {} : { seed }),
  });
  const own = thresholdEntries(scenario.thresholds).map(({ metric, expression, level }) =>
    parseThreshold(metric, expression, level, `scenario ${scenario.name}`),
  );
  return {
    scenario,
    thresholds: [...own, ...options.thresholds],
    target: targetOf(options),
    workers: scenario.ordered ? 1 : (options.workers ?? defaultWorkers()),
  };
}

function targetOf({ target, database, sessions }: RunOptions): RunPlan["target"] {
  if (target === undefined && sessions !== undefined) {
    throw new UsageError("--sessions keeps the log-ins of a target: say which one by --target", {
      code: "no-target",
    });
  }
  if (target === undefined && database === undefined) return null;
  if (target === undefined) {
    throw new UsageError("--database is the database of a target: say which one by --target", {
      code: "no-target",
    });
  }
  if (database === undefined) {
    throw new UsageError(
      `--target needs --database, the file or PostgreSQL that ${target} stores in: without it nobody knows what users should see`,
      { code: "no-database" },
    );
  }
  return { origin: new URL(target).origin, database, sessions: sessions ?? null };
}
