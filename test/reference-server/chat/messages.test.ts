import { describe, expect, test } from "vitest";
import { Messages } from "../../../reference-server/chat/messages.ts";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { DATABASES } from "../../databases.ts";

/** Rooms of three messages each, the oldest message of the first, and what is told to those who are there. */
async function seeded(database: Database) {
  await seedDatabase(database, { seed: 1, messagesPerRoom: 3 });
  const told: [topic: string, kind: string, content: string][] = [];
  const broadcast = (topic: string, { kind, message }: RoomEvent) =>
    void told.push([topic, kind, message.content]);
  const messages = new Messages({ database, pubsub: { broadcast }, messageTimeMs: () => 0 });
  const [message] = await messages.last(1);
  if (message === undefined) return expect.unreachable("the room is empty");
  return { messages, told, message };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  test("who is in the room is told of a change and of a deletion", async () => {
    const { messages, told, message } = await seeded(await open());
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
    const { messages, told, message } = await seeded(await open());
    await messages.delete(message);
    await messages.update(message, "a ghost");
    await messages.delete(message);
    expect(told).toEqual([["room:1", "message_deleted", message.content]]);
  });

  test("what is written at once is told in the order in which it is stored", async () => {
    const { messages, told } = await seeded(await open());
    const [sender = expect.unreachable("nobody wrote")] = (await messages.last(1)).map(
      ({ senderId, senderName }) => ({ id: senderId, name: senderName }),
    );
    const contents = Array.from({ length: 100 }, (_, index) => `message ${index}`);
    await Promise.all(contents.map((content) => messages.create(1, sender, content)));
    expect(told.map(([, , content]) => content)).toEqual(contents);
    expect((await messages.last(1)).map(({ content }) => content)).toEqual(contents.slice(-10));
  });

  test("one's own message is found in its room, by oneself, and the last one is the last of the room", async () => {
    const { messages, message } = await seeded(await open());
    const author = { id: message.senderId, name: message.senderName };
    const stranger = { id: author.id === 1 ? 2 : 1, name: "somebody else" };
    expect(await messages.own(1, author, message.id)).toEqual(message);
    expect(await messages.own(2, author, message.id), "of another room").toBe(undefined);
    expect(await messages.own(1, stranger, message.id), "of somebody else").toBe(undefined);
    await messages.create(1, author, "my last here");
    await messages.create(1, stranger, "not mine");
    await messages.create(2, author, "my last elsewhere");
    expect((await messages.lastOwn(1, author))?.content).toBe("my last here");
    expect(await messages.lastOwn(3, { id: 999, name: "nobody" })).toBe(undefined);
  });

  test("pages before and after a message meet there, and hold ten of its room", async () => {
    const { messages } = await seeded(await open());
    const author = { id: 1, name: "alice" };
    for (let at = 1; at <= 25; at += 1) {
      await messages.create(1, author, `${at}`);
      await messages.create(2, author, "another room");
    }
    const contents = (page: readonly { readonly content: string }[]) => page.map(({ content }) => content);
    const fifteen = (await messages.search(1, "15"))[0]?.id ?? 0;
    const numbers = (from: number) => Array.from({ length: 10 }, (_, index) => `${from + index}`);
    expect(contents(await messages.before(1, fifteen))).toEqual(numbers(5));
    expect(contents(await messages.after(1, fifteen))).toEqual(numbers(16));
    expect(contents(await messages.after(1, (await messages.last(1)).at(-1)?.id ?? 0))).toEqual([]);
  });

  test("an id as high as a number can be is one that no message has", async () => {
    const { messages, message } = await seeded(await open());
    const author = { id: message.senderId, name: message.senderName };
    expect(await messages.own(1, author, Number.MAX_SAFE_INTEGER)).toBe(undefined);
    expect((await messages.before(1, Number.MAX_SAFE_INTEGER)).length).toBe(3);
    expect(await messages.last(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test("a search finds what has the text, ASCII letters in either case", async () => {
    const { messages, message } = await seeded(await open());
    const author = { id: message.senderId, name: message.senderName };
    const written = ["Hello", "Äpfel", "he 100%", "a_b \\", "a'b; --"];
    for (const content of written) await messages.create(2, author, content);
    const found = async (text: string) =>
      (await messages.search(2, text))
        .map(({ content }) => content)
        .filter((content) => written.includes(content));
    const cases: [text: string, found: string[]][] = [
      ["HÉ", []],
      ["hE", ["Hello", "he 100%"]],
      ["Ä", ["Äpfel"]],
      ["ä", []],
      ["%", ["he 100%"]],
      ["_", ["a_b \\"]],
      ["\\", ["a_b \\"]],
      ["a'b", ["a'b; --"]],
      ["\0", []],
      ["h\0", []],
      ["x".repeat(10_001), []],
      ["%".repeat(10_000), []],
    ];
    for (const [text, expected] of cases) expect([text, await found(text)]).toEqual([text, expected]);
  });

  test("pages after and before a message, and the last one of an author, are of the room alone", async () => {
    const { messages } = await seeded(await open());
    const all = await messages.last(2);
    const ids = all.map(({ id }) => id);
    expect((await messages.after(2, ids[0] ?? 0)).map(({ id }) => id)).toEqual(ids.slice(1));
    expect((await messages.before(2, ids[2] ?? 0)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const [newest = expect.unreachable("the room is empty")] = all.slice(-1);
    const author = { id: newest.senderId, name: newest.senderName };
    expect(await messages.lastOwn(2, author)).toEqual(newest);
    expect(await messages.own(1, author, newest.id)).toBe(undefined);
  });
});
