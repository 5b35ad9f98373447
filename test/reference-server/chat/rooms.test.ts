import { describe, expect, test } from "vitest";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import { Rooms } from "../../../reference-server/chat/rooms.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { DATABASES } from "../../databases.ts";

/** Rooms of three messages each, the oldest message of the first, and what is told to those who are there. */
async function seeded(database: Database) {
  await seedDatabase(database, { seed: 1, messagesPerRoom: 3 });
  const told: [topic: string, kind: string, content: string][] = [];
  const broadcast = (topic: string, { kind, message }: RoomEvent) =>
    void told.push([topic, kind, message.content]);
  const rooms = new Rooms({ database, pubsub: { broadcast }, messageTimeMs: () => 0 });
  const [message] = await rooms.lastMessages(1);
  if (message === undefined) return expect.unreachable("the room is empty");
  return { rooms, told, message };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  test("who is in the room is told of a change and of a deletion", async () => {
    const { rooms, told, message } = await seeded(await open());
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
    const { rooms, told, message } = await seeded(await open());
    await rooms.deleteMessage(message);
    await rooms.updateMessage(message, "a ghost");
    await rooms.deleteMessage(message);
    expect(told).toEqual([["room:1", "message_deleted", message.content]]);
  });

  test("what is written at once is told in the order in which it is stored", async () => {
    const { rooms, told } = await seeded(await open());
    const [sender = expect.unreachable("nobody wrote")] = (await rooms.lastMessages(1)).map(
      ({ senderId, senderName }) => ({ id: senderId, name: senderName }),
    );
    const contents = Array.from({ length: 100 }, (_, index) => `message ${index}`);
    await Promise.all(
      contents.map((content) => rooms.createMessage({ id: 1, name: "general" }, sender, content)),
    );
    expect(told.map(([, , content]) => content)).toEqual(contents);
    expect((await rooms.lastMessages(1)).map(({ content }) => content)).toEqual(contents.slice(-10));
  });

  test("an id as high as a number can be is one that no message has", async () => {
    const { rooms, message } = await seeded(await open());
    const author = { id: message.senderId, name: message.senderName };
    expect(await rooms.ownMessage(author, Number.MAX_SAFE_INTEGER)).toBe(undefined);
    expect((await rooms.messagesBefore(1, Number.MAX_SAFE_INTEGER)).length).toBe(3);
    expect(await rooms.lastMessages(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});
