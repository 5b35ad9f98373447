import { UsageError } from "../core/errors.ts";
import type { RunOptions } from "../core/run-options.ts";
import { defineScenario, type Scenario, thresholdEntries } from "../core/scenario.ts";
import { parseThreshold, type Threshold } from "../core/threshold.ts";

/** A scenario with everything that the command line overrides, ready to be run. */
export interface RunPlan {
  readonly scenario: Scenario;
  readonly thresholds: readonly Threshold[];
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
export function planRun(scenario: Scenario, options: RunOptions): RunPlan {
  const users = options.users ?? scenario.users;
  const planned = defineScenario({
    ...scenario,
    users,
    // Of a smaller crowd the same share is elsewhere, and somebody stays.
    rooms: {
      ...scenario.rooms,
      usersInOther: Math.floor((scenario.rooms.usersInOther * users) / scenario.users),
    },
    browsers: options.browsers ?? scenario.browsers,
    modes: [...(options.modes ?? scenario.modes)],
    seed: options.seed ?? scenario.seed,
    steps: scenario.steps.map((step) =>
      step.kind === "scrollback"
        ? step
        : {
            ...step,
            ratePerSec: options.ratePerSec ?? step.ratePerSec,
            durationMs:
              options.durationUs === undefined ? step.durationMs : Math.ceil(options.durationUs / 1000),
          },
    ),
  });
  const own = thresholdEntries(planned.thresholds).map(({ metric, expression, level }) =>
    parseThreshold(metric, expression, level, `scenario ${planned.name}`),
  );
  return { scenario: planned, thresholds: [...own, ...options.thresholds], target: targetOf(options) };
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
