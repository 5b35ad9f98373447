import type { Viewer } from "./check-viewers.ts";
import { expectedWindow } from "./expected-window.ts";
import type { ReferenceDatabase } from "./reference-database.ts";

/** How many messages viewers should see at rest, and do not, all of them together. */
export async function countMissing(database: ReferenceDatabase, viewers: readonly Viewer[]): Promise<number> {
  const windows = new Map<string, readonly string[]>();
  let missing = 0;
  for (const { cursor, list } of viewers) {
    const { roomId, oldestId } = cursor;
    const key = `${roomId} ${oldestId}`;
    const expected =
      windows.get(key) ?? (await expectedWindow(database, roomId, oldestId)).map(({ id }) => id);
    windows.set(key, expected);
    const shown = new Set(list.map(({ id }) => id));
    missing += expected.filter((id) => !shown.has(id)).length;
  }
  return missing;
}
