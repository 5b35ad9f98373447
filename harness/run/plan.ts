import { UsageError } from "../core/errors.ts";
import type { RunOptions } from "../core/run-options.ts";
import { defineScenario, type Scenario, thresholdEntries } from "../core/scenario.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { parseThreshold, type Threshold } from "../core/threshold.ts";
import { addressOf, type TargetAddress } from "../target/address.ts";

/** A scenario with everything that the command line overrides, ready to be run. */
export interface RunPlan {
  readonly scenario: Scenario;
  readonly thresholds: readonly Threshold[];
  /** What the figures are told by, in the order in which they are run. */
  readonly modes: readonly string[];
  /** The server to run on; null where each mode gets a server of its own. */
  readonly target:
    | (TargetAddress & {
        /** Null where nobody knows what is stored: then no list is checked against it. */
        readonly database: string | null;
        /** The file that keeps its users' sessions from one run to the next; null for none. */
        readonly sessions: string | null;
        /** Whether `--mode` was given. */
        readonly choosesModes: boolean;
      })
    | null;
}

/**
 * Plans a run.
 *
 * @param config what is in the file of `--config`; null without one
 * @throws UsageError where scenario and options do not go together
 */
export function planRun(
  scenario: Scenario,
  options: RunOptions,
  config: TargetConfig | null = null,
): RunPlan {
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
  const thresholds = [...parsedThresholds(planned), ...options.thresholds];
  return { scenario: planned, thresholds, modes: planned.modes, target: targetOf(options, config) };
}

/** A scenario's own thresholds, in their order. */
export function parsedThresholds({ name, thresholds }: Scenario): Threshold[] {
  return thresholdEntries(thresholds).map(({ metric, expression, level }) =>
    parseThreshold(metric, expression, level, `scenario ${name}`),
  );
}

function targetOf(
  { target, database, sessions, modes }: RunOptions,
  config: TargetConfig | null,
): RunPlan["target"] {
  const address = addressOf(target, config);
  const without = (option: string, what: string) =>
    new UsageError(`${option} ${what} of a target: say which one by --target`, { code: "no-target" });
  if (address === null) {
    if (sessions !== undefined) throw without("--sessions", "keeps the log-ins");
    if (database !== undefined) throw without("--database", "is the database");
    if (config !== null) throw without("--config", "says how to use the pages");
    return null;
  }
  return {
    ...address,
    database: database ?? config?.database ?? null,
    sessions: sessions ?? null,
    choosesModes: modes !== undefined,
  };
}
