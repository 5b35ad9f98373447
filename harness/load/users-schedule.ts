import { executorDurationMs, mostUsers, type UsersOverTime } from "../core/executor.ts";
import { type Micros, micros } from "../core/units.ts";

/** A time in which a slot is to have a user, in microseconds since the beginning; `untilUs` does not belong to it. */
export interface Wanted {
  readonly slot: number;
  readonly fromUs: Micros;
  readonly untilUs: Micros;
}

/**
 * The times in which slots are wanted, by slot and within it by time: slot `k` is, while the schedule has more than `k`
 * users. On the way up a user counts when the line reaches it, on the way down until the line reaches the next lower
 * one, as in k6 (`getRawExecutionSteps` in `lib/executor/ramping_vus.go`).
 */
export function wantedTimes(schedule: UsersOverTime): Wanted[] {
  const slots = Array.from({ length: mostUsers(schedule) }, (_, slot) => slot);
  const endUs = micros(executorDurationMs(schedule) * 1000);
  if (schedule.kind === "constant-users") {
    return slots.map((slot) => ({ slot, fromUs: micros(0), untilUs: endUs }));
  }
  return slots.flatMap((slot) =>
    timesOf(slot, schedule, endUs).filter(({ fromUs, untilUs }) => fromUs < untilUs),
  );
}

function timesOf(
  slot: number,
  { startUsers, stages }: Extract<UsersOverTime, { kind: "ramping-users" }>,
  endUs: Micros,
): Wanted[] {
  const times: Wanted[] = [];
  let fromUs = startUsers > slot ? micros(0) : null;
  let before = startUsers;
  let beginUs = 0;
  for (const { durationMs, users } of stages) {
    const lengthUs = durationMs * 1000;
    if (fromUs === null && users > slot) {
      fromUs = micros(beginUs + (lengthUs * (slot + 1 - before)) / (users - before));
    } else if (fromUs !== null && users <= slot) {
      const untilUs = micros(beginUs + (lengthUs * (before - slot)) / (before - users));
      times.push({ slot, fromUs, untilUs });
      fromUs = null;
    }
    before = users;
    beginUs += lengthUs;
  }
  if (fromUs !== null) times.push({ slot, fromUs, untilUs: endUs });
  return times;
}

/** One process's part of the slots, of `parts` that together make the whole: every `parts`-th, from number `part` on. */
export function slotsOfPart(times: readonly Wanted[], part: number, parts: number): Wanted[] {
  return times.filter(({ slot }) => slot % parts === part);
}
