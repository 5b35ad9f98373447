import { expect, onTestFinished, test } from "vitest";
import type { ListItem } from "../../../harness/core/list-item.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { checkTwins, checkViewers, type Viewer } from "../../../harness/oracle/check-viewers.ts";
import { expectedWindow } from "../../../harness/oracle/expected-window.ts";
import { ReferenceDatabase } from "../../../harness/oracle/reference-database.ts";
import { chatDatabase } from "./chat-database.ts";

const checkpoint = { mode: "stream", step: "2 delete" };

async function setUp() {
  const { path, insert } = chatDatabase();
  for (let id = 1; id <= 6; id += 1) insert(id, id === 4 ? 2 : 1);
  const database = await ReferenceDatabase.open(path);
  onTestFinished(() => database.close());
  const cursor = { roomId: 1, oldestId: 3, pageSize: 3, limit: null };
  const seen: ListItem[] = (await expectedWindow(database, 1, 3)).map((item) => ({ ...item, text: "" }));
  const viewer = (kind: Viewer["kind"], who: string, list = seen): Viewer => ({ kind, who, cursor, list });
  /** Checks all of them against the database, and each Chrome against the first user who has loaded as much. */
  const judge = async (viewers: Viewer[]) => {
    const ledger = new CheckLedger();
    await checkViewers(database, viewers, checkpoint, ledger);
    for (const chrome of viewers.filter(({ kind }) => kind === "chrome")) {
      const { roomId, oldestId } = chrome.cursor;
      const twin = viewers.find(
        ({ kind, cursor: its }) => kind === "user" && its.roomId === roomId && its.oldestId === oldestId,
      );
      if (twin !== undefined) await checkTwins(database, chrome, twin, checkpoint, ledger);
    }
    return ledger.checks();
  };
  return { database, seen, cursor, viewer, judge };
}

test("everybody is checked against the database, and each Chrome against a user as well", async () => {
  const { viewer, judge } = await setUp();
  const checks = await judge([
    viewer("user", "user 1"),
    viewer("user", "user 2"),
    viewer("chrome", "Chrome 1"),
  ]);
  expect(checks.failures).toEqual([]);
  expect(checks.kinds).toEqual({
    "user-vs-oracle": { made: 2, failed: 0, modes: { stream: { made: 2, failed: 0 } } },
    "chrome-vs-oracle": { made: 1, failed: 0, modes: { stream: { made: 1, failed: 0 } } },
    "chrome-vs-user": { made: 1, failed: 0, modes: { stream: { made: 1, failed: 0 } } },
  });
});

/** A message as it is told beside others. */
const told = (id: number) => `messages-${id} · "message ${id}" · "Ada" · "2024-01-01 08:30"`;

test("a message of another room is named with both rooms", async () => {
  const { seen, viewer, judge } = await setUp();
  const leaked = { id: "messages-4", text: "", fields: {} };
  const { failures } = await judge([viewer("user", "user 9", seen.toSpliced(1, 0, leaked))]);
  expect(failures).toEqual([
    {
      kind: "user-vs-oracle",
      mode: "stream",
      step: "2 delete",
      who: "user 9",
      expected: "messages-5",
      actual: "messages-4",
      item: "messages-4",
      index: 1,
      message:
        "user 9 against the database: messages-4 at index 1 should not be there: " +
        'message 4 of room 2 "random" in room 1 "general"',
      around: [
        { index: 0, expected: told(3), actual: told(3) },
        { index: 1, expected: told(5), actual: "messages-4" },
        { index: 2, expected: told(6), actual: told(5) },
        { index: 3, expected: null, actual: told(6) },
      ],
    },
  ]);
});

test("a Chrome that differs from database and user fails two checks", async () => {
  const { seen, viewer, judge } = await setUp();
  const { kinds, failures } = await judge([
    viewer("user", "user 1"),
    viewer("chrome", "Chrome 1", seen.toReversed()),
  ]);
  expect(failures.map(({ message }) => message)).toEqual([
    "Chrome 1 against the database: out of order: 3 items from index 0 on are in reverse, " +
      "messages-6 comes first and messages-3 should",
    "Chrome 1 against user 1: out of order: 3 items from index 0 on are in reverse, " +
      "messages-6 comes first and messages-3 should",
  ]);
  expect([
    kinds["user-vs-oracle"]?.failed,
    kinds["chrome-vs-oracle"]?.failed,
    kinds["chrome-vs-user"]?.failed,
  ]).toEqual([0, 1, 1]);
});

test("a Chrome has no twin among users that have loaded more or less", async () => {
  const { viewer, cursor, judge } = await setUp();
  const elsewhere = { ...viewer("user", "user 1"), cursor: { ...cursor, oldestId: 5 }, list: [] };
  expect((await judge([elsewhere, viewer("chrome", "Chrome 1")])).kinds["chrome-vs-user"]).toBe(undefined);
});

test("of whom nobody knows what he should see, nothing is checked against the database", async () => {
  const { viewer, cursor, judge } = await setUp();
  const unknown = { ...viewer("user", "user 1", []), cursor: { ...cursor, oldestId: null } };
  expect((await judge([unknown])).made).toBe(0);
});

test("of a page with a limit the last items are expected, and one more is one too many", async () => {
  const { seen, viewer, cursor, judge } = await setUp();
  const limited = (who: string, list: ListItem[]): Viewer => ({
    ...viewer("user", who, list),
    cursor: { ...cursor, limit: 2 },
  });
  const { failures } = await judge([limited("user 1", seen.slice(-2)), limited("user 2", seen)]);
  expect(failures.map(({ who, item }) => [who, item])).toEqual([["user 2", "messages-3"]]);
});
