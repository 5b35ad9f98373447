import type { Scenario } from "../core/scenario.ts";

/** The id of a room by its index among a scenario's rooms, from 0. */
export const roomIdAt = (index: number): number => index + 1;

/** The room in which a user begins, by his number: rooms fill up one after the other. */
export function roomOf({ members }: Pick<Scenario["rooms"], "members">, number: number): number {
  let before = 0;
  for (const [index, users] of members.entries()) {
    before += users;
    if (number < before) return roomIdAt(index);
  }
  throw new RangeError(`user ${number} is one of ${before}`);
}
