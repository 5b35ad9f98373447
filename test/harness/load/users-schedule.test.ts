import fc from "fast-check";
import { expect, test } from "vitest";
import type { UsersOverTime } from "../../../harness/core/executor.ts";
import { slotsOfPart, wantedTimes } from "../../../harness/load/users-schedule.ts";

const ramp = (startUsers: number, ...stages: (readonly [number, number])[]): UsersOverTime => ({
  kind: "ramping-users",
  startUsers,
  stages: stages.map(([durationMs, users]) => ({ durationMs, users })),
});
const rows = (schedule: UsersOverTime) =>
  wantedTimes(schedule).map(({ slot, fromUs, untilUs }) => [slot, fromUs / 1000, untilUs / 1000]);

test.each<[string, UsersOverTime, number[][]]>([
  [
    "constant users are wanted from the first to the last",
    { kind: "constant-users", users: 2, durationMs: 500 },
    [
      [0, 0, 500],
      [1, 0, 500],
    ],
  ],
  [
    "on the way up a user counts when the line reaches it",
    ramp(0, [900, 3]),
    [
      [0, 300, 900],
      [1, 600, 900],
    ],
  ],
  [
    "on the way down until the line reaches the next lower one",
    ramp(3, [900, 0]),
    [
      [0, 0, 900],
      [1, 0, 600],
      [2, 0, 300],
    ],
  ],
  [
    "a slot may be wanted again, and one that is wanted at the end is until the end",
    ramp(1, [100, 2], [100, 1], [100, 1], [0, 2], [50, 2]),
    [
      [0, 0, 350],
      [1, 100, 200],
      [1, 300, 350],
    ],
  ],
  ["a jump up and down at one time is nothing", ramp(0, [100, 0], [0, 5], [0, 0], [100, 0]), []],
])("%s", (_, schedule, expected) => {
  expect(rows(schedule)).toEqual(expected);
});

test("the parts of several processes together are all slots, each once", () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 5 }), (from, to, parts) => {
      const whole = wantedTimes(ramp(from, [1000, to], [1000, from]));
      const together = Array.from({ length: parts }, (_, part) => slotsOfPart(whole, part, parts)).flat();
      expect(together.toSorted((a, b) => a.slot - b.slot || a.fromUs - b.fromUs)).toEqual(whole);
    }),
  );
});
