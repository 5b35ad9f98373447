import { describe, expect, test } from "vitest";
import { displayTitle } from "../../../reference-server/chat/conversation.ts";
import type { NewConversation } from "../../../reference-server/chat/conversations.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { DATABASES } from "../../databases.ts";
import { seededConversations } from "./seeded-conversations.ts";

/** As {@link seededConversations}, with a conversation of alice's with bob: the first room that there is. */
async function oneIn(database: Database, more: Partial<NewConversation>) {
  const chat = await seededConversations(database);
  const made = await chat.conversations.create(chat.alice, { title: "Lunch", memberIds: [2], ...more });
  if (made.kind !== "created") return expect.unreachable(made.problem);
  return { ...chat, conversation: made.conversation };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  const withOne = async (more: Partial<NewConversation> = {}) => oneIn(await open(), more);

  test("a conversation has each member once, its owner among them, and all of them are told", async () => {
    const { conversation, conversations, told, alice, bob, carla } = await withOne({
      title: "  Lunch ",
      memberIds: [3, 2, 2, 1, 3],
    });
    expect(conversation).toEqual({
      id: 1,
      title: "Lunch",
      ownerId: 1,
      closedAt: null,
      members: [alice, bob, carla],
    });
    expect(await conversations.find(1, bob)).toEqual(conversation);
    expect(told).toEqual([
      ["user:1:conversations", "conversation_created"],
      ["user:2:conversations", "conversation_created"],
      ["user:3:conversations", "conversation_created"],
    ]);
  });

  test.each<[string, Partial<NewConversation>, string]>([
    ["nobody else", { memberIds: [] }, "a conversation has at least two members"],
    ["the owner alone, twice", { memberIds: [1, 1] }, "a conversation has at least two members"],
    ["an unknown user", { memberIds: [2, 99] }, "somebody of these has no account any more"],
    [
      "more than fifty",
      { memberIds: Array.from({ length: 50 }, (_, index) => index + 2) },
      "a conversation has at most 50 members",
    ],
    ["a title without end", { title: "x".repeat(101) }, "a title has at most 100 characters"],
  ])("a conversation with %s is refused, and leaves nothing behind", async (_, given, problem) => {
    const { database, conversations, told, alice } = await seededConversations(await open());
    const made = await conversations.create(alice, { title: "", memberIds: [2], ...given });
    expect(made).toEqual({ kind: "refused", problem });
    expect([await conversations.forMember(alice), told]).toEqual([[], []]);
    expect(await database.selectFrom("rooms").selectAll().execute()).toEqual([]);
  });

  test("a conversation with a deleted account is refused", async () => {
    const { database, conversations, alice } = await seededConversations(await open());
    await database
      .updateTable("users")
      .set({ deleted_at: "2026-01-01T00:00:00Z" })
      .where("id", "=", 3)
      .execute();
    expect(await conversations.create(alice, { title: "", memberIds: [2, 3] })).toEqual({
      kind: "refused",
      problem: "somebody of these has no account any more",
    });
  });

  test("two conversations may have one title; without one, a conversation goes by its other members", async () => {
    const { conversations, conversation, alice, bob } = await withOne();
    await conversations.create(alice, { title: "Lunch", memberIds: [3] });
    await conversations.create(bob, { title: " ", memberIds: [3, 1] });
    const [third, second, first] = await conversations.forMember(alice);
    expect([third?.title, second?.title, first]).toEqual([null, "Lunch", conversation]);
    if (third === undefined) return expect.unreachable("three were made");
    expect([displayTitle(third, alice), displayTitle(third, bob)]).toEqual(["bob, carla", "alice, carla"]);
    expect(displayTitle(conversation, bob)).toBe("Lunch");
  });

  test("whoever is no member gets the answer that he gets where there is none", async () => {
    const { conversations, carla } = await withOne();
    expect(await conversations.find(1, carla)).toBeUndefined();
    expect(await conversations.find(99, carla)).toBeUndefined();
    expect(await conversations.forMember(carla)).toEqual([]);
  });

  test("its owner alone can close a conversation, once, and everybody is told", async () => {
    const { conversations, conversation, told, clock, alice, bob, carla } = await withOne();
    told.length = 0;
    expect(await conversations.close(1, bob)).toBe(false);
    expect(await conversations.close(1, carla)).toBe(false);
    expect(await conversations.close(99, alice)).toBe(false);
    expect(told).toEqual([]);
    expect(await conversations.close(1, alice)).toBe(true);
    clock.nowMs += 60_000;
    expect(await conversations.close(1, alice)).toBe(true);
    expect(await conversations.find(1, bob)).toEqual({ ...conversation, closedAt: "2026-01-02T03:04:05Z" });
    expect(told).toEqual([
      ["room:1", "conversation_closed"],
      ["user:1:conversations", "conversation_closed"],
      ["user:2:conversations", "conversation_closed"],
    ]);
  });

  test("the database refuses a member twice", async () => {
    const { database } = await withOne();
    await expect(
      database.insertInto("members").values({ conversation_id: 1, user_id: 2 }).execute(),
    ).rejects.toThrow(/unique/i);
  });

  test("the database refuses an owner who is no member, a conversation without one, and one that loses him", async () => {
    const { database } = await withOne();
    const change = (owner_id: number | null) =>
      database
        .updateTable("conversations")
        .set({ owner_id: owner_id as number })
        .execute();
    await expect(change(3)).rejects.toThrow(/foreign key/i);
    await expect(change(null)).rejects.toThrow(/null/i);
    await expect(database.deleteFrom("members").where("user_id", "=", 1).execute()).rejects.toThrow(
      /foreign key/i,
    );
    expect(await database.selectFrom("members").selectAll().orderBy("user_id").execute()).toEqual([
      { conversation_id: 1, user_id: 1 },
      { conversation_id: 1, user_id: 2 },
    ]);
  });

  test("the database takes owner and member in any order within a transaction, but not without the member", async () => {
    const { database } = await seededConversations(await open());
    const insert = (withMember: boolean, id: number) =>
      database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto("rooms")
          .values({ id, name: `room ${id}` })
          .execute();
        await transaction.insertInto("conversations").values({ room_id: id, owner_id: 1 }).execute();
        if (withMember)
          await transaction.insertInto("members").values({ conversation_id: id, user_id: 1 }).execute();
      });
    await insert(true, 1);
    await expect(insert(false, 2)).rejects.toThrow(/foreign key/i);
    expect(await database.selectFrom("conversations").select("room_id").execute()).toEqual([{ room_id: 1 }]);
  });
});
