import { describe, expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { DATABASES } from "../../databases.ts";
import { seededConversations } from "./seeded-conversations.ts";

/** Two conversations, of alice with bob and carla, and of alice with carla; in each a message of alice's: 1 and 2. */
async function messagesIn(database: Database) {
  const chat = await seededConversations(database);
  await chat.conversations.create(chat.alice, { title: "", memberIds: [2, 3] });
  await chat.conversations.create(chat.alice, { title: "", memberIds: [3] });
  const message = (id: number): Message => ({
    id,
    roomId: id,
    senderId: 1,
    senderName: "alice",
    content: "hello",
    insertedAt: "2026-01-02T03:04:05Z",
    edited: false,
  });
  const rows = [1, 2].map((room_id) => ({
    room_id,
    sender_id: 1,
    content: "hello",
    inserted_at: "2026-01-02T03:04:05Z",
  }));
  await chat.database.insertInto("messages").values(rows).execute();
  chat.told.length = 0;
  const of = async (id: number) => {
    const [annotated] = await chat.annotations.annotate([message(id)]);
    const { seenBy, reactions: all } = annotated?.annotations ?? expect.unreachable("nothing is known");
    const reactions = all.filter(({ userIds }) => userIds.length > 0);
    return {
      seenBy,
      reactions: reactions.map(({ emoji, userIds }) => [emoji, ...userIds]),
    };
  };
  return { ...chat, of };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  const withMessages = async () => messagesIn(await open());

  test("a message is seen by each member once, at the time of the first time, and not by its sender", async () => {
    const { annotations, told, clock, of, alice, bob, carla } = await withMessages();
    await annotations.markSeen(1, bob, [1, 1]);
    clock.nowMs += 60_000;
    await annotations.markSeen(1, bob, [1]);
    await annotations.markSeen(1, carla, [1]);
    await annotations.markSeen(1, alice, [1]);
    expect((await of(1)).seenBy).toEqual([
      { userId: 2, name: "bob", seenAt: "2026-01-02T03:04:05Z" },
      { userId: 3, name: "carla", seenAt: "2026-01-02T03:05:05Z" },
    ]);
    expect(told).toEqual([
      ["room:1", "message_annotated"],
      ["room:1", "message_annotated"],
    ]);
  });

  test("messages of another conversation, and messages that are gone, are neither seen nor reacted to", async () => {
    const { annotations, told, of, bob } = await withMessages();
    await annotations.markSeen(1, bob, [2, 99]);
    await annotations.toggleReaction(1, bob, 2, "👍");
    await annotations.toggleReaction(1, bob, 99, "👍");
    expect(await of(2)).toEqual({ seenBy: [], reactions: [] });
    expect(told).toEqual([]);
  });

  test("a reaction is there once for each member and emoji, and goes when it is given again", async () => {
    const { annotations, of, bob, carla } = await withMessages();
    await annotations.toggleReaction(1, carla, 1, "🎉");
    await annotations.toggleReaction(1, carla, 1, "👍");
    await annotations.toggleReaction(1, bob, 1, "🎉");
    expect((await of(1)).reactions).toEqual([
      ["👍", 3],
      ["🎉", 2, 3],
    ]);
    await annotations.toggleReaction(1, carla, 1, "🎉");
    expect((await of(1)).reactions).toEqual([
      ["👍", 3],
      ["🎉", 2],
    ]);
  });

  test("the database refuses a sight and a reaction twice, and forgets them with the message", async () => {
    const { annotations, database, bob } = await withMessages();
    await annotations.markSeen(1, bob, [1]);
    await annotations.toggleReaction(1, bob, 1, "👍");
    const again = { message_id: 1, user_id: 2 };
    await expect(
      database
        .insertInto("seen")
        .values({ ...again, seen_at: "2026-01-02T03:04:05Z" })
        .execute(),
    ).rejects.toThrow(/unique/i);
    await expect(
      database
        .insertInto("reactions")
        .values({ ...again, emoji: "👍" })
        .execute(),
    ).rejects.toThrow(/unique/i);
    await database.deleteFrom("messages").where("id", "=", 1).execute();
    expect(await database.selectFrom("seen").selectAll().execute()).toEqual([]);
    expect(await database.selectFrom("reactions").selectAll().execute()).toEqual([]);
  });
});
