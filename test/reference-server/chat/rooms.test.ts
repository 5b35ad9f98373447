import { afterEach, expect, test } from "vitest";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import { Rooms } from "../../../reference-server/chat/rooms.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { type Database, openDatabase } from "../../../reference-server/chat/store/database.ts";

let database: Database;
afterEach(() => database.destroy());

/** Rooms of three messages each, the oldest message of the first, and what is told to those who are there. */
async function seeded() {
  database = await openDatabase(":memory:");
  await seedDatabase(database, { seed: 1, messagesPerRoom: 3 });
  const told: [topic: string, kind: string, content: string][] = [];
  const broadcast = (topic: string, { kind, message }: RoomEvent) =>
    void told.push([topic, kind, message.content]);
  const rooms = new Rooms({ database, pubsub: { broadcast }, messageTimeMs: () => 0 });
  const [message] = await rooms.lastMessages(1);
  if (message === undefined) return expect.unreachable("the room is empty");
  return { rooms, told, message };
}

test("who is in the room is told of a change and of a deletion", async () => {
  const { rooms, told, message } = await seeded();
  await rooms.updateMessage(message, "changed");
  const [changed = message] = await rooms.lastMessages(1);
  expect([changed.content, changed.edited]).toEqual(["changed", true]);
  await rooms.deleteMessage(changed);
  expect(await rooms.lastMessages(1)).toHaveLength(2);
  expect(told).toEqual([
    ["room:1", "message_updated", "changed"],
    ["room:1", "message_deleted", "changed"],
  ]);
});

test("a message that is gone already is neither changed nor deleted, and nobody is told", async () => {
  const { rooms, told, message } = await seeded();
  await rooms.deleteMessage(message);
  await rooms.updateMessage(message, "a ghost");
  await rooms.deleteMessage(message);
  expect(told).toEqual([["room:1", "message_deleted", message.content]]);
});
