import { expect, test } from "vitest";
import type { Viewer } from "../../../harness/oracle/check-viewers.ts";
import { countMissing } from "../../../harness/oracle/count-missing.ts";
import type { ReferenceDatabase, StoredMessage } from "../../../harness/oracle/reference-database.ts";
import type { ViewerCursor } from "../../../harness/oracle/viewer-cursor.ts";
import { Windows } from "../../../harness/oracle/windows.ts";

const stored = (id: number): StoredMessage => ({
  id,
  sender: "Ada",
  content: `message ${id}`,
  insertedAt: "2024-01-01T08:30:00Z",
  edited: false,
});

/** A database whose rooms have the messages 1 to 6 each, and what it is asked. */
function sixInEach() {
  const reads: string[] = [];
  const database = {
    messagesFrom: async (roomId: number, oldestId: number) => {
      reads.push(`${roomId} from ${oldestId}`);
      return [1, 2, 3, 4, 5, 6].filter((id) => id >= oldestId).map(stored);
    },
  };
  return { database: database as unknown as ReferenceDatabase, reads };
}

const cursor = (given: Partial<ViewerCursor> = {}): ViewerCursor => ({
  roomId: 1,
  oldestId: 4,
  pageSize: 3,
  limit: null,
  ...given,
});
const ids = (items: readonly { readonly id: string }[] | null) => items?.map(({ id }) => id);

test("what somebody should see begins with the oldest that he has loaded", async () => {
  const { database } = sixInEach();
  expect(ids(await new Windows(database).of(cursor()))).toEqual(["messages-4", "messages-5", "messages-6"]);
});

test("of those who should see the same it is read once; another room or beginning is read by itself", async () => {
  const { database, reads } = sixInEach();
  const windows = new Windows(database);
  for (const at of [cursor(), cursor(), cursor({ oldestId: 5 }), cursor({ roomId: 2 }), cursor()])
    await windows.of(at);
  expect(reads).toEqual(["1 from 4", "1 from 5", "2 from 4"]);
});

test("a page with a limit shows the last ones, of the same reading", async () => {
  const { database, reads } = sixInEach();
  const windows = new Windows(database);
  expect(ids(await windows.of(cursor({ limit: 2 })))).toEqual(["messages-5", "messages-6"]);
  expect(ids(await windows.of(cursor({ limit: 9 })))).toEqual(["messages-4", "messages-5", "messages-6"]);
  expect(reads).toEqual(["1 from 4"]);
});

test("where no database tells, nobody knows, and nothing is read", async () => {
  const { database, reads } = sixInEach();
  expect(await new Windows(database).of(cursor({ oldestId: null }))).toBe(null);
  expect(reads).toEqual([]);
});

const viewer = (shown: readonly number[], at = cursor()): Viewer => ({
  kind: "user",
  who: "user 1",
  cursor: at,
  list: shown.map((id) => ({ id: `messages-${id}`, text: "", fields: {} })),
});

test.each<[string, Viewer[], number]>([
  ["nobody", [], 0],
  ["who sees all of it", [viewer([4, 5, 6])], 0],
  ["who sees more, or the same in another order", [viewer([1, 6, 5, 4])], 0],
  ["who lacks two", [viewer([5])], 2],
  ["two who lack some each", [viewer([4, 5]), viewer([])], 4],
  ["whose page keeps the last two, and who lacks one of them", [viewer([4, 5], cursor({ limit: 2 }))], 1],
  ["of whom nobody knows what he should see", [viewer([], cursor({ oldestId: null }))], 0],
])("messages that are missed by %s", async (_, viewers, missing) => {
  expect(await countMissing(sixInEach().database, viewers)).toBe(missing);
});
