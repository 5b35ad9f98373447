import type { Scenario } from "../core/scenario.ts";

/** The id of a room by its index among a scenario's rooms, from 0. */
export const roomIdAt = (index: number): number => index + 1;

/** The room after a room, in a circle. */
export const nextRoom = ({ members }: Scenario["rooms"], roomId: number): number =>
  roomIdAt(roomId % members.length);

/** The room in which a user begins, by his number: rooms fill up one after the other; visitors are spread over all of them. */
export function roomOf({ members, visitors = 0 }: Scenario["rooms"], number: number): number {
  let before = 0;
  for (const [index, users] of members.entries()) {
    before += users;
    if (number < before) return roomIdAt(index);
  }
  if (number < before + visitors) return roomIdAt((number - before) % members.length);
  throw new RangeError(`user ${number} is one of ${before + visitors}`);
}
