import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { ConversationMessages } from "../../../reference-server/chat/conversation-messages.ts";
import { Rooms } from "../../../reference-server/chat/rooms.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { DATABASES, POSTGRES } from "../../databases.ts";
import { seededConversations } from "./seeded-conversations.ts";

/** A public room, and a conversation of alice's with bob. */
async function talking(database: Database) {
  const chat = await seededConversations(database);
  const { conversations, annotations, told, alice } = chat;
  await database.insertInto("rooms").values({ name: "general" }).execute();
  const made = await conversations.create(alice, { title: "", memberIds: [2] });
  if (made.kind !== "created") return expect.unreachable(made.problem);
  const { id } = made.conversation;
  told.length = 0;
  const messages = new ConversationMessages({
    database,
    pubsub: { broadcast: (topic, { kind }) => void told.push([topic, kind]) },
    messageTimeMs: () => 0,
    annotations,
    conversations,
  });
  return { ...chat, id, messages };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  test("a message is told in its conversation, and to every member of it wherever he is", async () => {
    const { id, messages, told, bob } = await talking(await open());
    const message = await messages.create(id, bob, "hello");
    expect(message).toMatchObject({ roomId: id, senderId: 2, senderName: "bob", content: "hello" });
    expect(told).toEqual([
      [`room:${id}`, "message_created"],
      ["user:1:conversations", "conversation_message"],
      ["user:2:conversations", "conversation_message"],
    ]);
  });

  test("history comes with what members have made of it", async () => {
    const { id, messages, annotations, alice, bob } = await talking(await open());
    const first = await messages.create(id, alice, "first");
    const second = await messages.create(id, alice, "second");
    if (first === undefined || second === undefined) return expect.unreachable("it is open");
    await annotations.markSeen(id, bob, [first.id]);
    const sight = { userId: 2, name: "bob", seenAt: "2026-01-02T03:04:05Z" };
    const seenIn = (list: readonly (typeof first)[]) => list.map((message) => message.annotations?.seenBy);
    expect(seenIn(await messages.last(id))).toEqual([[sight], []]);
    expect(seenIn(await messages.before(id, second.id))).toEqual([[sight]]);
    expect((await messages.find(id, first.id))?.annotations?.seenBy).toEqual([sight]);
    expect(await messages.find(1, first.id), "in another room").toBeUndefined();
  });

  test("nothing is written or rewritten in a closed conversation, and nobody is told; one's own may go", async () => {
    const { id, messages, conversations, told, alice } = await talking(await open());
    const message = await messages.create(id, alice, "before");
    if (message === undefined) return expect.unreachable("it is open");
    await conversations.close(id, alice);
    told.length = 0;
    expect(await messages.create(id, alice, "after")).toBeUndefined();
    await messages.update(message, "changed");
    expect((await messages.last(id)).map(({ content }) => content)).toEqual(["before"]);
    expect(told).toEqual([]);
    await messages.delete(message);
    expect(await messages.last(id)).toEqual([]);
    expect(await messages.create(1, alice, "elsewhere")).toMatchObject({ content: "elsewhere" });
  });

  test("a conversation is none of the rooms that everybody may enter", async () => {
    const { database } = await talking(await open());
    expect(await new Rooms(database).list()).toEqual([{ id: 1, name: "general" }]);
  });
});

describe.each(POSTGRES)("on $name", ({ open }) => {
  test("what is being written while a conversation is closed is stored and told before it is", async () => {
    const { database, id, messages, told, alice, bob } = await talking(await open());
    const both = await database.transaction().execute(async (holder) => {
      // What bob writes has found the conversation open, and waits for his account.
      await sql`select 1 from users where id = ${bob.id} for update`.execute(holder);
      const written = messages.create(id, bob, "just in time");
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await waiting.execute(database)).rows.length === 0);
      const closed = messages.close(id, alice);
      for (let queries = 0; queries < 10; queries += 1) await waiting.execute(database);
      return [written, closed] as const;
    });
    await Promise.all(both);
    expect(told.filter(([topic]) => topic === `room:${id}`).map(([, kind]) => kind)).toEqual([
      "message_created",
      "conversation_closed",
    ]);
    expect(await messages.create(id, bob, "too late")).toBeUndefined();
  });
});
