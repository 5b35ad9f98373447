import { UsageError } from "../core/errors.ts";
import { type Scenario, validScenario } from "../core/scenario.ts";
import type { Site } from "../core/site.ts";
import { roomIds, type TargetConfig } from "../core/target-config.ts";
import { foundValue } from "./discover.ts";
import type { Exploration } from "./explore.ts";
import { stepsOnTarget } from "./steps-on-target.ts";

/** A scenario as it can be run on a target. */
export interface ScenarioOnTarget {
  readonly scenario: Scenario;
  /** What the figures are told by: the modes, where the path of a room chooses them; or else `target` alone. */
  readonly modes: readonly string[];
  /** What cannot be done or known there, a sentence each: left out of the verdict. */
  readonly leftOut: readonly string[];
}

/** What an application is called that renders in the one way that it has. */
export const TARGET_MODE = "target";

/** The rooms of a target. */
export interface TargetRooms {
  readonly roomPath: string;
  /** Null where their ids are numbers, which are then what they are called by. */
  readonly roomIds: string[] | null;
  /** The rooms by the numbers that the run has for them; the first is watched. */
  readonly ids: number[];
}

/** @throws UsageError `no-room-path` */
export function roomsOf({ rooms, ...config }: TargetConfig): TargetRooms {
  if (rooms === undefined) {
    throw new UsageError(
      "nothing says which page is a room: give its URL as --target, or rooms.path in the file of --config",
      { code: "no-room-path" },
    );
  }
  const { path } = rooms;
  const ids = roomIds({ ...config, rooms });
  const numbers = ids.filter((id) => typeof id === "number");
  const isNumbered = numbers.length === ids.length;
  const known = isNumbered ? numbers : ids.map((_, index) => index + 1);
  const all = known.length === 0 ? [1, 2] : known;
  return {
    roomPath: path,
    roomIds: isNumbered ? null : ids.map(String),
    ids: path.includes("{room}") ? all : all.slice(0, 1),
  };
}

/**
 * Makes a scenario one that can be run on a target: with its pages and rooms, and without the steps for which it has
 * nothing, nor the scenario's own thresholds on what is then not measured.
 *
 * @throws UsageError `no-modes` for `--mode` where nothing can choose it; `unsupported-step` where no step is left
 */
export function scenarioOnTarget({
  config,
  scenario,
  site,
  seen,
  choosesModes,
  hasDatabase,
}: {
  readonly config: TargetConfig;
  readonly scenario: Scenario;
  readonly site: Site;
  readonly seen: Pick<Exploration, "findings" | "items">;
  readonly choosesModes: boolean;
  readonly hasDatabase: boolean;
}): ScenarioOnTarget {
  const hasModes = site.roomPath.includes("{mode}");
  if (choosesModes && !hasModes) {
    throw new UsageError(
      "--mode chooses nothing on this target: it renders as it does, unless rooms.path has {mode} in it",
      { code: "no-modes" },
    );
  }
  const rooms = roomsOf(config);
  const { steps, leftOut, operations } = stepsOnTarget(scenario.steps, {
    edits: site.edit !== null,
    deletes: site.delete !== null,
    hasHistory: foundValue(seen.findings, "scrollback") !== null,
    hasRooms: rooms.ids.length > 1,
  });
  if (steps.length === 0) {
    throw new UsageError(`no step of ${scenario.name} can be done on this target: ${leftOut.join("; ")}`, {
      code: "unsupported-step",
    });
  }
  const hasListChecks = hasDatabase || scenario.browsers > 0;
  const hasMemory = config.serverPid !== undefined;
  const isKnown = (metric: string) =>
    !operations.some((operation) => metric.includes(`.${operation}.`)) &&
    (hasListChecks || metric !== "dom.mismatches") &&
    (hasMemory || !metric.startsWith("memory.server."));
  const thresholds = Object.entries(scenario.thresholds);
  const kept = thresholds.filter(([metric]) => isKnown(metric));
  return {
    scenario: validScenario({
      ...scenario,
      site,
      rooms: roomsWithin(rooms, scenario),
      pageSize: config.pageSize ?? Math.max(1, seen.items),
      steps,
      thresholds: Object.fromEntries(kept),
    }),
    modes: hasModes ? scenario.modes : [TARGET_MODE],
    leftOut: [
      ...leftOut,
      ...(hasDatabase ? [] : ["the checks against what is stored: no database is named"]),
      ...(hasMemory ? [] : ["the server's memory: no serverPid is named"]),
      ...(kept.length === thresholds.length ? [] : ["the scenario's own thresholds on what is left out"]),
    ],
  };
}

/** The rooms of a scenario as a target has them: users of those that there are not are in the first. */
function roomsWithin({ ids }: TargetRooms, { rooms }: Scenario): Scenario["rooms"] {
  const [first = 0, ...others] = rooms.members;
  const kept = others.slice(0, ids.length - 1);
  const elsewhere = others.slice(ids.length - 1).reduce((sum, users) => sum + users, 0);
  return { ...rooms, members: [first + elsewhere, ...kept], ids: ids.slice(0, kept.length + 1) };
}
