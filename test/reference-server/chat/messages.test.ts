import { afterEach, expect, test } from "vitest";
import { Messages } from "../../../reference-server/chat/messages.ts";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
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
  const messages = new Messages({ database, pubsub: { broadcast }, messageTimeMs: () => 0 });
  const [message] = await messages.last(1);
  if (message === undefined) return expect.unreachable("the room is empty");
  return { messages, told, message };
}

test("who is in the room is told of a change and of a deletion", async () => {
  const { messages, told, message } = await seeded();
  await messages.update(message, "changed");
  const [changed = message] = await messages.last(1);
  expect([changed.content, changed.edited]).toEqual(["changed", true]);
  await messages.delete(changed);
  expect(await messages.last(1)).toHaveLength(2);
  expect(told).toEqual([
    ["room:1", "message_updated", "changed"],
    ["room:1", "message_deleted", "changed"],
  ]);
});

test("a message that is gone already is neither changed nor deleted, and nobody is told", async () => {
  const { messages, told, message } = await seeded();
  await messages.delete(message);
  await messages.update(message, "a ghost");
  await messages.delete(message);
  expect(told).toEqual([["room:1", "message_deleted", message.content]]);
});
