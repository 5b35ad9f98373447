import { expect, test } from "vitest";
import type { Step } from "../../../harness/core/step.ts";
import { stepsOnTarget, type TargetAbilities } from "../../../harness/target/steps-on-target.ts";

const ALL: TargetAbilities = { edits: true, deletes: true, hasHistory: true, hasRooms: true };
const NONE: TargetAbilities = { edits: false, deletes: false, hasHistory: false, hasRooms: false };
const RATE = { ratePerSec: 1, durationMs: 1000 };
const load = (behaviours: Extract<Step, { kind: "load" }>["behaviours"]): Step => ({
  kind: "load",
  title: "a busy hour",
  executor: { kind: "constant-arrival-rate", ...RATE },
  behaviours,
});
const reconnect = (cause: "server" | "network" | "crash"): Step => ({
  kind: "reconnect",
  cause,
  drafts: false,
  meanwhile: 0,
});
const STEPS: readonly Step[] = [
  { kind: "insert", ...RATE },
  { kind: "update", ...RATE },
  { kind: "update", ...RATE },
  { kind: "delete", ...RATE },
  { kind: "scrollback", pages: 1 },
  load({ read: 5, edit: 1, delete: 1, "scroll-back": 1, "switch-room": 1 }),
  reconnect("network"),
  { kind: "leave", parts: 2 },
  { kind: "mount", connections: 1, durationMs: 1000 },
];

test("where all can be done, all is", () => {
  expect(stepsOnTarget(STEPS, ALL)).toEqual({ steps: STEPS, leftOut: [], operations: [] });
});

test("what cannot be done is left out of steps, and of what users do in them", () => {
  expect(stepsOnTarget(STEPS, NONE)).toEqual({
    steps: [STEPS[0], load({ read: 5 }), ...STEPS.slice(6)],
    leftOut: [
      'the steps "update": nothing was found to change a message by (edit.button, edit.form, edit.field)',
      'the steps "delete": nothing was found to delete a message by (delete.button)',
      'the steps "scrollback": no element has phx-viewport-top, or the room is too short for it',
      'what users do, "edit": nothing was found to change a message by (edit.button, edit.form, edit.field)',
      'what users do, "delete": nothing was found to delete a message by (delete.button)',
      'what users do, "scroll-back": no element has phx-viewport-top, or the room is too short for it',
      'what users do, "switch-room": there is one room (rooms.path, rooms.ids)',
    ],
    operations: ["update", "update", "delete", "prepend"],
  });
});

test("a step in which users then do nothing is left out", () => {
  expect(stepsOnTarget([load({ "switch-room": 1 })], NONE).steps).toEqual([]);
});

test.each(["server", "crash"] as const)("a target is not made to reconnect by a cause like %s", (cause) => {
  expect(stepsOnTarget([reconnect(cause)], ALL)).toEqual({
    steps: [],
    leftOut: [
      `the steps "reconnect, ${cause}": only a server that a run has started itself is killed or crashed`,
    ],
    operations: ["join"],
  });
});
