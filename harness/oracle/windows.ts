import { type ExpectedItem, expectedWindow } from "./expected-window.ts";
import type { ReferenceDatabase } from "./reference-database.ts";
import type { ViewerCursor } from "./viewer-cursor.ts";

/** What viewers should see at one moment of rest. Many should see the same, so each window is read once. */
export class Windows {
  readonly #database: Pick<ReferenceDatabase, "messagesFrom">;
  readonly #read = new Map<string, ExpectedItem[]>();

  constructor(database: Pick<ReferenceDatabase, "messagesFrom">) {
    this.#database = database;
  }

  /** What somebody should see who has loaded so much; null where nobody knows. */
  async of({ roomId, oldestId, limit }: ViewerCursor): Promise<readonly ExpectedItem[] | null> {
    if (oldestId === null) return null;
    const key = `${roomId} ${oldestId}`;
    const all = this.#read.get(key) ?? (await expectedWindow(this.#database, roomId, oldestId));
    this.#read.set(key, all);
    return limit === null ? all : all.slice(-limit);
  }
}
