import { UsageError } from "../core/errors.ts";
import { type Scenario, validScenario } from "../core/scenario.ts";
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
  const operations = Object.entries(STEP_OPERATIONS).flatMap(([kind, operation]) =>
    gone.has(kind as Step["kind"]) ? [operation] : [],
  );
  const kept = Object.entries(scenario.thresholds).filter(([metric]) => {
    const isGone = operations.some((operation) => metric.includes(`.${operation}.`));
    return !isGone && (hasListChecks || metric !== "dom.mismatches");
  });
  if (kept.length < Object.keys(scenario.thresholds).length) {
    leftOut.push("the scenario's own thresholds on what is left out");
  }
  return {
    scenario: validScenario({
      ...scenario,
      site,
      rooms: roomsWithin(roomsOf(config), scenario),
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

/** The rooms of a scenario as a target has them: users of those that there are not are in the first. */
function roomsWithin({ ids }: TargetRooms, { rooms }: Scenario): Scenario["rooms"] {
  const [first = 0, ...others] = rooms.members;
  const kept = others.slice(0, ids.length - 1);
  const elsewhere = others.slice(ids.length - 1).reduce((sum, users) => sum + users, 0);
  return { ...rooms, members: [first + elsewhere, ...kept], ids: ids.slice(0, kept.length + 1) };
}
