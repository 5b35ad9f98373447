import type { Scenario } from "../core/scenario.ts";

/** The id of a room by its index among a scenario's rooms, from 0. */
export const roomIdAt = ({ ids }: Pick<Scenario["rooms"], "ids">, index: number): number =>
  ids?.[index] ?? index + 1;

/** The room after a room, in a circle. */
export function nextRoom(rooms: Scenario["rooms"], roomId: number): number {
  const all = rooms.members.map((_, index) => roomIdAt(rooms, index));
  return all[(all.indexOf(roomId) + 1) % all.length] ?? roomId;
}

/** The room in which a user begins, by his number: rooms fill up one after the other; visitors are spread over all of them. */
export function roomOf(rooms: Scenario["rooms"], number: number): number {
  const { members, visitors = 0 } = rooms;
  let before = 0;
  for (const [index, users] of members.entries()) {
    before += users;
    if (number < before) return roomIdAt(rooms, index);
  }
  if (number < before + visitors) return roomIdAt(rooms, (number - before) % members.length);
  throw new RangeError(`user ${number} is one of ${before + visitors}`);
}
