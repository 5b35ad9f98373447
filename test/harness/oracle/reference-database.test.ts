import { expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { expectedWindow, messageIdOf } from "../../../harness/oracle/expected-window.ts";
import { ReferenceDatabase } from "../../../harness/oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount } from "../../../harness/oracle/viewer-cursor.ts";
import { chatDatabase } from "./chat-database.ts";

test("the expected window is the room's messages from the cursor on, as the page shows them, byte for byte", () => {
  const { path, writer, insert } = chatDatabase();
  for (const [id, room] of [
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 1],
  ] as const)
    insert(id, room);
  writer.exec("UPDATE messages SET edited = 1, content = '  new ', sender_id = 2 WHERE id = 4");
  using database = new ReferenceDatabase(path);
  expect(expectedWindow(database, 1, 3)).toEqual([
    { id: "messages-3", fields: { sender: "Ada", content: "message 3", time: "2024-01-01 08:30" } },
    {
      id: "messages-4",
      fields: { sender: "Grace", content: "  new ", time: "2024-01-01 08:30", edited: "(edited)" },
    },
  ]);
});

test("what another connection commits is seen at once, and it cannot be written to", () => {
  const { path, writer, insert } = chatDatabase();
  using database = new ReferenceDatabase(path);
  expect(database.messagesFrom(1, 0)).toEqual([]);
  insert(1, 1);
  expect(database.messagesFrom(1, 0).map(({ id }) => id)).toEqual([1]);
  writer.exec("DELETE FROM messages");
  expect(database.messagesFrom(1, 0)).toEqual([]);
});

test("it knows the room of a message, and rooms by name", () => {
  const { path, insert } = chatDatabase();
  insert(12, 2);
  using database = new ReferenceDatabase(path);
  expect(database.placeOf(12)).toEqual({ roomId: 2, roomName: "random" });
  expect([database.placeOf(13), database.roomName(1), database.roomName(3)]).toEqual([
    undefined,
    "general",
    undefined,
  ]);
});

test("a file that is no database of the chat is refused in one line", () => {
  let thrown: unknown;
  try {
    new ReferenceDatabase("/nowhere/chat.db");
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

test("a cursor follows what a viewer does, among the messages of its room alone", () => {
  const { path, writer, insert } = chatDatabase();
  // Room 1 has the odd ids, room 2 the even ones.
  for (let id = 1; id <= 50; id += 1) insert(id, id % 2 === 1 ? 1 : 2);
  using database = new ReferenceDatabase(path);

  const mounted = cursorAtMount(database, 1, 10);
  expect(mounted).toEqual({ roomId: 1, oldestId: 31, pageSize: 10 });

  writer.exec("DELETE FROM messages WHERE id IN (31, 33)");
  insert(51, 1);
  const once = cursorAfterPage(database, mounted);
  expect(once.oldestId).toBe(11);

  writer.exec("DELETE FROM messages WHERE id = 5");
  const twice = cursorAfterPage(database, once);
  expect(twice.oldestId).toBe(1);
  expect(cursorAfterPage(database, twice)).toEqual(twice);
});

test("a cursor of a room with less than a page begins at its first message, and of an empty room anywhere", () => {
  const { path, insert } = chatDatabase();
  using database = new ReferenceDatabase(path);
  const empty = cursorAtMount(database, 1, 10);
  expect(empty.oldestId).toBe(0);
  expect(cursorAfterPage(database, empty)).toEqual(empty);
  insert(3, 1);
  insert(4, 1);
  expect(cursorAtMount(database, 1, 10).oldestId).toBe(3);
});

test.each([
  ["messages-7", 7],
  ["messages-", undefined],
  ["messages-7x", undefined],
  ["spinner", undefined],
])("the message of the element %j is %s", (domId, id) => {
  expect(messageIdOf(domId)).toBe(id);
});
