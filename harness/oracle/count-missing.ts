import type { Viewer } from "./check-viewers.ts";
import type { ReferenceDatabase } from "./reference-database.ts";
import { Windows } from "./windows.ts";

/** How many messages viewers should see at rest, and do not, all of them together. */
export async function countMissing(database: ReferenceDatabase, viewers: readonly Viewer[]): Promise<number> {
  const windows = new Windows(database);
  let missing = 0;
  for (const { cursor, list } of viewers) {
    const shown = new Set(list.map(({ id }) => id));
    missing += ((await windows.of(cursor)) ?? []).filter(({ id }) => !shown.has(id)).length;
  }
  return missing;
}
