import { DatabaseSync, type StatementSync } from "node:sqlite";
import { messageOf, UsageError } from "../core/errors.ts";

/** A message as it is stored, with the name of its sender. */
export interface StoredMessage {
  readonly id: number;
  readonly sender: string;
  readonly content: string;
  /** ISO 8601, UTC, to the second. */
  readonly insertedAt: string;
  readonly edited: boolean;
}

/** The room that a message is in. */
export interface MessagePlace {
  readonly roomId: number;
  readonly roomName: string;
}

/** Where pages of history begin: what {@link ReferenceDatabase} answers, and a test can invent. */
export interface MessageHistory {
  /** The id of the oldest of the room's last `count` messages; undefined in an empty room. */
  oldestOfLast(roomId: number, count: number): number | undefined;
  /** The id of the oldest of the last `count` messages before `beforeId`; undefined where there is none. */
  oldestBefore(roomId: number, beforeId: number, count: number): number | undefined;
}

const OLDEST_OF_LAST = `
  SELECT min(id) AS id FROM (SELECT id FROM messages WHERE room_id = ? ORDER BY id DESC LIMIT ?)`;
const OLDEST_BEFORE = `
  SELECT min(id) AS id FROM (SELECT id FROM messages WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?)`;
const WINDOW = `
  SELECT messages.id, coalesce(users.name, '') AS sender, content, inserted_at, edited
  FROM messages LEFT JOIN users ON users.id = sender_id
  WHERE room_id = ? AND messages.id >= ? ORDER BY messages.id`;
const PLACE = `
  SELECT room_id, coalesce(rooms.name, '') AS room_name
  FROM messages LEFT JOIN rooms ON rooms.id = room_id WHERE messages.id = ?`;
const ROOM_NAME = "SELECT name FROM rooms WHERE id = ?";

/**
 * The server's SQLite file, opened by the harness itself, read-only, with SQL of its own: so that a wrong query
 * of the server is seen as well. Each answer is what was committed when it was asked.
 */
export class ReferenceDatabase implements MessageHistory, Disposable {
  readonly #database: DatabaseSync;
  readonly #oldestOfLast: StatementSync;
  readonly #oldestBefore: StatementSync;
  readonly #window: StatementSync;
  readonly #place: StatementSync;
  readonly #roomName: StatementSync;

  /** @throws UsageError `no-reference-database` where the file is none, or has not the tables of the chat */
  constructor(path: string) {
    try {
      this.#database = new DatabaseSync(path, { readOnly: true });
      this.#oldestOfLast = this.#database.prepare(OLDEST_OF_LAST);
      this.#oldestBefore = this.#database.prepare(OLDEST_BEFORE);
      this.#window = this.#database.prepare(WINDOW);
      this.#place = this.#database.prepare(PLACE);
      this.#roomName = this.#database.prepare(ROOM_NAME);
    } catch (error) {
      throw new UsageError(
        `${path} cannot be read as the chat's database (${messageOf(error)}): give the file that the server stores in`,
        { code: "no-reference-database", cause: error },
      );
    }
  }

  oldestOfLast(roomId: number, count: number): number | undefined {
    return idOf(this.#oldestOfLast.get(roomId, count));
  }

  oldestBefore(roomId: number, beforeId: number, count: number): number | undefined {
    return idOf(this.#oldestBefore.get(roomId, beforeId, count));
  }

  /** The messages of a room from the id `fromId` on, oldest first. */
  messagesFrom(roomId: number, fromId: number): StoredMessage[] {
    return this.#window.all(roomId, fromId).map((row) => ({
      id: Number(row.id),
      sender: String(row.sender),
      content: String(row.content),
      insertedAt: String(row.inserted_at),
      edited: row.edited === 1,
    }));
  }

  /** The room of a message; undefined where no such message is stored. */
  placeOf(messageId: number): MessagePlace | undefined {
    const row = this.#place.get(messageId);
    return row && { roomId: Number(row.room_id), roomName: String(row.room_name) };
  }

  /** The name of a room; undefined where there is none. */
  roomName(roomId: number): string | undefined {
    const row = this.#roomName.get(roomId);
    return row && String(row.name);
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** An aggregate over no rows is a row with null. */
function idOf(row: Record<string, unknown> | undefined): number | undefined {
  return typeof row?.id === "number" ? row.id : undefined;
}
