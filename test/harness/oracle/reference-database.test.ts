import { writeFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { expectedWindow, messageIdOf } from "../../../harness/oracle/expected-window.ts";
import { readPostgres } from "../../../harness/oracle/postgres-reader.ts";
import { ReferenceDatabase } from "../../../harness/oracle/reference-database.ts";
import { readSqlite } from "../../../harness/oracle/sqlite-reader.ts";
import { cursorAfterPage, cursorAtMount } from "../../../harness/oracle/viewer-cursor.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { openDatabase } from "../../../reference-server/chat/store/database.ts";
import { DATABASES } from "../../databases.ts";
import { chatDatabase } from "./chat-database.ts";

test("the expected window is the room's messages from the cursor on, as the page shows them, byte for byte", async () => {
  const { path, writer, insert } = chatDatabase();
  for (const [id, room] of [
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 1],
  ] as const)
    insert(id, room);
  writer.exec("UPDATE messages SET edited = 1, content = '  new ', sender_id = 2 WHERE id = 4");
  await using database = await ReferenceDatabase.open(path);
  expect(await expectedWindow(database, 1, 3)).toEqual([
    { id: "messages-3", fields: { sender: "Ada", content: "message 3", time: "2024-01-01 08:30" } },
    {
      id: "messages-4",
      fields: { sender: "Grace", content: "  new ", time: "2024-01-01 08:30", edited: "(edited)" },
    },
  ]);
});

test("what another connection commits is seen at once, and it cannot be written to", async () => {
  const { path, writer, insert } = chatDatabase();
  await using database = await ReferenceDatabase.open(path);
  expect(await database.messagesFrom(1, 0)).toEqual([]);
  insert(1, 1);
  expect((await database.messagesFrom(1, 0)).map(({ id }) => id)).toEqual([1]);
  writer.exec("DELETE FROM messages");
  expect(await database.messagesFrom(1, 0)).toEqual([]);
});

test("it knows the room of a message, and rooms by name", async () => {
  const { path, insert } = chatDatabase();
  insert(12, 2);
  await using database = await ReferenceDatabase.open(path);
  expect(await database.placeOf(12)).toEqual({ roomId: 2, roomName: "random" });
  expect([await database.placeOf(13), await database.roomName(1), await database.roomName(3)]).toEqual([
    undefined,
    "general",
    undefined,
  ]);
});

test("a file that is no database of the chat is refused in one line", async () => {
  let thrown: unknown;
  try {
    await ReferenceDatabase.open("/nowhere/chat.db");
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UsageError);
  expect((thrown as UsageError).code).toBe("no-reference-database");
  expect((thrown as UsageError).message).toBe(
    "/nowhere/chat.db cannot be read as the chat's database (unable to open database file): " +
      "give the file that the server stores in",
  );
});

test("a PostgreSQL that does not answer is named without its password", async () => {
  const opening = ReferenceDatabase.open("postgres://chat:s3cret@127.0.0.1:1/chat?password=s3cret");
  await expect(opening).rejects.toMatchObject({
    code: "no-reference-database",
    message:
      "postgres://chat@127.0.0.1:1/chat cannot be read as the chat's database (connect ECONNREFUSED 127.0.0.1:1): " +
      "give the URL of the database that the server stores in",
  });
});

describe.each(DATABASES)("on $name", ({ name, emptyLocation }) => {
  async function written() {
    const location = await emptyLocation();
    const chat = await openDatabase(location);
    onTestFinished(() => chat.destroy());
    await seedDatabase(chat, { seed: 1, messagesPerRoom: 12 });
    const oracle = await ReferenceDatabase.open(location);
    onTestFinished(() => oracle.close());
    return { location, chat, oracle };
  }

  test("what the server commits is read at once, and of a room alone", async () => {
    const { chat, oracle } = await written();
    const stored = (await chat.selectFrom("messages").selectAll().orderBy("id").execute()).filter(
      ({ room_id }) => room_id === 2,
    );
    expect((await oracle.messagesFrom(2, 0)).map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
    const [oldest, last] = [stored[0]?.id ?? 0, stored.at(-1)?.id ?? 0];
    expect(await oracle.oldestOfLast(2, 100)).toBe(oldest);
    expect(await oracle.oldestOfLast(2, 1)).toBe(last);
    expect(await oracle.oldestBefore(2, last, 11)).toBe(oldest);
    expect(await oracle.oldestBefore(2, oldest, 10)).toBe(undefined);
    expect([await oracle.placeOf(oldest), await oracle.placeOf(999)]).toEqual([
      { roomId: 2, roomName: "random" },
      undefined,
    ]);
    expect([await oracle.roomName(3), await oracle.roomName(4)]).toEqual(["support", undefined]);
    await chat.updateTable("users").set({ name: "Zoë" }).where("id", "=", 1).execute();
    const text = " <b> \n 🦡 ";
    await chat
      .updateTable("messages")
      .set({ content: text, edited: 1, sender_id: 1, inserted_at: "2024-01-01T08:30:59Z" })
      .where("id", "=", last)
      .execute();
    expect(await oracle.messagesFrom(2, last)).toEqual([
      { id: last, sender: "Zoë", content: text, insertedAt: "2024-01-01T08:30:59Z", edited: true },
    ]);
  });

  test("it cannot be written to", async () => {
    const { location, oracle } = await written();
    const reader = name === "PostgreSQL" ? readPostgres(location) : readSqlite(location);
    onTestFinished(() => reader.close());
    await expect(reader.rows("DELETE FROM messages", [])).rejects.toThrow(
      name === "PostgreSQL"
        ? "cannot execute DELETE in a read-only transaction"
        : "attempt to write a readonly database",
    );
    expect((await oracle.messagesFrom(1, 0)).length).toBe(12);
  });

  test("a database without the chat's tables is refused", async () => {
    const location = await emptyLocation();
    if (name === "SQLite") writeFileSync(location, "");
    await expect(ReferenceDatabase.open(location)).rejects.toMatchObject({
      code: "no-reference-database",
      message: expect.stringMatching(/no such table: messages|relation "messages" does not exist/),
    });
  });
});

const pages = { pageSize: 10, limit: null } as const;

test("a cursor follows what a viewer does, among the messages of its room alone", async () => {
  const { path, writer, insert } = chatDatabase();
  // Room 1 has the odd ids, room 2 the even ones.
  for (let id = 1; id <= 50; id += 1) insert(id, id % 2 === 1 ? 1 : 2);
  await using database = await ReferenceDatabase.open(path);

  const mounted = await cursorAtMount(database, 1, pages);
  expect(mounted).toEqual({ roomId: 1, oldestId: 31, pageSize: 10, limit: null });

  writer.exec("DELETE FROM messages WHERE id IN (31, 33)");
  insert(51, 1);
  const once = await cursorAfterPage(database, mounted);
  expect(once.oldestId).toBe(11);

  writer.exec("DELETE FROM messages WHERE id = 5");
  const twice = await cursorAfterPage(database, once);
  expect(twice.oldestId).toBe(1);
  expect(await cursorAfterPage(database, twice)).toEqual(twice);
});

test("a cursor of a room with less than a page begins at its first message, and of an empty room anywhere", async () => {
  const { path, insert } = chatDatabase();
  await using database = await ReferenceDatabase.open(path);
  const empty = await cursorAtMount(database, 1, pages);
  expect(empty.oldestId).toBe(0);
  expect(await cursorAfterPage(database, empty)).toEqual(empty);
  insert(3, 1);
  insert(4, 1);
  expect((await cursorAtMount(database, 1, pages)).oldestId).toBe(3);
});

test("where no database tells, a cursor is nowhere, and stays there", async () => {
  const nowhere = await cursorAtMount(null, 1, { pageSize: 10, limit: 30 });
  expect(nowhere).toEqual({ roomId: 1, oldestId: null, pageSize: 10, limit: 30 });
  expect(await cursorAfterPage(null, nowhere)).toEqual(nowhere);
});

test.each([
  ["messages-7", 7],
  ["messages-", undefined],
  ["messages-7x", undefined],
  ["spinner", undefined],
])("the message of the element %j is %s", (domId, id) => {
  expect(messageIdOf(domId)).toBe(id);
});
