import { UsageError } from "../core/errors.ts";
import type { RunOptions } from "../core/run-options.ts";
import { parseThresholds, planScenario, type Scenario, type ScenarioDefinition } from "../core/scenario.ts";
import type { TargetConfig } from "../core/target-config.ts";
import type { Threshold } from "../core/threshold.ts";
import { addressOf, type TargetAddress } from "../target/address.ts";
import { defaultWorkers } from "./generators.ts";

/** A scenario with everything that the command line overrides, ready to be run. */
export interface RunPlan {
  readonly scenario: Scenario;
  readonly thresholds: readonly Threshold[];
  /** What the figures are told by, in the order in which they are run. */
  readonly modes: readonly string[];
  /** How often a second anything may be begun on the target, joins included; null: as often as is asked for. */
  readonly limitPerSec: number | null;
  /** Generator processes: one where actions are ordered. */
  readonly workers: number;
  /** The server to run on; null where each mode gets a server of its own. */
  readonly target:
    | (TargetAddress & {
        /** Null where nobody knows what is stored: then no list is checked against it. */
        readonly database: string | null;
        /** The file that keeps its users' sessions from one run to the next; null for none. */
        readonly sessions: string | null;
        /** The process whose memory is the server's; null where that is not said. */
        readonly serverPid: number | null;
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
  definition: ScenarioDefinition,
  options: RunOptions,
  config: TargetConfig | null = null,
): RunPlan {
  const { modes, seed } = options;
  const scenario = planScenario(definition, options.values, {
    ...(modes === undefined ? {} : { modes }),
    ...(seed === undefined ? {} : { seed }),
  });
  return {
    scenario,
    thresholds: [
      ...ownThresholds(scenario),
      ...parseThresholds(config?.thresholds ?? {}, "--config"),
      ...options.thresholds,
    ],
    modes: scenario.modes,
    limitPerSec: null,
    workers: scenario.ordered ? 1 : (options.workers ?? defaultWorkers()),
    target: targetOf(options, config),
  };
}

/** A scenario's own thresholds, in their order. */
export function ownThresholds({ name, thresholds }: Scenario): Threshold[] {
  return parseThresholds(thresholds, `scenario ${name}`);
}

function targetOf(
  { target, database, sessions, serverPid, modes, allowRemote, allowRemoteRatePerSec }: RunOptions,
  config: TargetConfig | null,
): RunPlan["target"] {
  const address = addressOf(target, config);
  const without = (option: string, what: string) =>
    new UsageError(`${option} ${what} of a target: say which one by --target`, { code: "no-target" });
  if (address === null) {
    if (sessions !== undefined) throw without("--sessions", "keeps the log-ins");
    if (serverPid !== undefined) throw without("--server-pid", "is the process");
    if (database !== undefined) throw without("--database", "is the database");
    if (config !== null) throw without("--config", "says how to use the pages");
    if (allowRemoteRatePerSec !== undefined) throw without("--allow-remote-rate", "is for the machine");
    if (allowRemote) throw without("--allow-remote", "is for the machine");
    return null;
  }
  return {
    ...address,
    config: address.config && { ...address.config, ...(serverPid !== undefined && { serverPid }) },
    database: database ?? config?.database ?? null,
    sessions: sessions ?? null,
    serverPid: serverPid ?? config?.serverPid ?? null,
    choosesModes: modes !== undefined,
  };
}
