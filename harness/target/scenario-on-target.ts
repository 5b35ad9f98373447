import { UsageError } from "../core/errors.ts";
import { defineScenario, type Scenario } from "../core/scenario.ts";
import type { Site } from "../core/site.ts";
import { STEP_OPERATIONS, type Step } from "../core/step.ts";
import { roomIds, type TargetConfig } from "../core/target-config.ts";
import { foundValue } from "./discover.ts";
import type { Exploration } from "./explore.ts";

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
  /** The room that is watched. */
  readonly joinedId: number;
  /** Another one; null where there is none. */
  readonly otherId: number | null;
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
  const isOne = !path.includes("{room}") || ids.length === 1;
  const numbers = ids.filter((id) => typeof id === "number");
  const isNumbered = numbers.length === ids.length;
  const [joinedId = 1, otherId = joinedId + 1] = isNumbered ? numbers : [];
  return {
    roomPath: path,
    roomIds: isNumbered ? null : ids.map(String),
    joinedId,
    otherId: isOne ? null : otherId,
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
  const leftOut: string[] = [];
  const gone = stepsWithout(scenario.steps, site, foundValue(seen.findings, "scrollback") !== null);
  for (const [kind, why] of gone) leftOut.push(`the steps "${kind}": ${why}`);
  const steps = scenario.steps.filter(({ kind }) => !gone.has(kind));
  if (steps.length === 0) {
    throw new UsageError(`no step of ${scenario.name} can be done on this target: ${leftOut.join("; ")}`, {
      code: "unsupported-step",
    });
  }
  if (!hasDatabase) leftOut.push("the checks against what is stored: no database is named");
  const hasListChecks = hasDatabase || scenario.browsers > 0;
  const operations = [...gone.keys()].map((kind) => STEP_OPERATIONS[kind]);
  const kept = Object.entries(scenario.thresholds).filter(([metric]) => {
    const isGone = operations.some((operation) => metric.includes(`.${operation}.`));
    return !isGone && (hasListChecks || metric !== "dom.mismatches");
  });
  if (kept.length < Object.keys(scenario.thresholds).length) {
    leftOut.push("the scenario's own thresholds on what is left out");
  }
  return {
    scenario: defineScenario({
      ...scenario,
      site,
      rooms: { ...scenario.rooms, ...roomsWithin(roomsOf(config), scenario) },
      pageSize: config.pageSize ?? Math.max(1, seen.items),
      steps,
      thresholds: Object.fromEntries(kept),
    }),
    modes: hasModes ? scenario.modes : [TARGET_MODE],
    leftOut,
  };
}

/** The kinds of steps that a target has nothing for, and why. */
function stepsWithout(
  steps: readonly Step[],
  site: Site,
  hasHistory: boolean,
): ReadonlyMap<Step["kind"], string> {
  const cannot: readonly (readonly [Step["kind"], boolean, string])[] = [
    [
      "update",
      site.edit === null,
      "nothing was found to change a message by (edit.button, edit.form, edit.field)",
    ],
    ["delete", site.delete === null, "nothing was found to delete a message by (delete.button)"],
    ["scrollback", !hasHistory, "no element has phx-viewport-top, or the room is too short for it"],
  ];
  const asked = new Set(steps.map(({ kind }) => kind));
  return new Map(
    cannot.flatMap(([kind, lacks, why]) => (lacks && asked.has(kind) ? [[kind, why] as const] : [])),
  );
}

/** With one room nobody is elsewhere. */
function roomsWithin(
  { joinedId, otherId }: TargetRooms,
  { rooms }: Scenario,
): Pick<Scenario["rooms"], "joinedId" | "otherId" | "usersInOther"> {
  if (otherId === null) return { joinedId, otherId: joinedId + 1, usersInOther: 0 };
  return { joinedId, otherId, usersInOther: rooms.usersInOther };
}
