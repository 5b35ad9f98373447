import { messageOf, UsageError } from "../core/errors.ts";
import { isPostgresUrl, readPostgres, shownUrl } from "./postgres-reader.ts";
import type { Row, SqlReader } from "./sql-reader.ts";
import { readSqlite } from "./sqlite-reader.ts";

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
  oldestOfLast(roomId: number, count: number): Promise<number | undefined>;
  /** The id of the oldest of the last `count` messages before `beforeId`; undefined where there is none. */
  oldestBefore(roomId: number, beforeId: number, count: number): Promise<number | undefined>;
}

const OLDEST_OF_LAST = `
  SELECT min(id) AS id FROM (SELECT id FROM messages WHERE room_id = ? ORDER BY id DESC LIMIT ?) AS page`;
const OLDEST_BEFORE = `
  SELECT min(id) AS id FROM (SELECT id FROM messages WHERE room_id = ? AND id < ? ORDER BY id DESC LIMIT ?) AS page`;
const WINDOW = `
  SELECT messages.id, coalesce(users.name, '') AS sender, content, inserted_at, edited
  FROM messages LEFT JOIN users ON users.id = sender_id
  WHERE room_id = ? AND messages.id >= ? ORDER BY messages.id`;
const PLACE = `
  SELECT room_id, coalesce(rooms.name, '') AS room_name
  FROM messages LEFT JOIN rooms ON rooms.id = room_id WHERE messages.id = ?`;
const ROOM_NAME = "SELECT name FROM rooms WHERE id = ?";

/**
 * The server's database, read by the harness itself, with SQL of its own: so that a wrong query of the server is seen
 * as well. Each answer is what was committed when it was asked.
 */
export class ReferenceDatabase implements MessageHistory, AsyncDisposable {
  readonly #reader: SqlReader;

  private constructor(reader: SqlReader) {
    this.#reader = reader;
  }

  /**
   * Opens it.
   *
   * @param location a file of SQLite, or the URL of a PostgreSQL.
   * @throws UsageError `no-reference-database` where it does not answer, or has not the tables of the chat
   */
  static async open(location: string): Promise<ReferenceDatabase> {
    const isUrl = isPostgresUrl(location);
    let reader: SqlReader | undefined;
    try {
      reader = isUrl ? readPostgres(location) : readSqlite(location);
      const database = new ReferenceDatabase(reader);
      // Each table is asked once; in turn, so that it is always the same one of several that is said to be missing.
      await database.messagesFrom(0, 0);
      await database.placeOf(0);
      await database.roomName(0);
      return database;
    } catch (error) {
      await reader?.close();
      const [shown, what] = isUrl ? [shownUrl(location), "URL of the database"] : [location, "file"];
      throw new UsageError(
        `${shown} cannot be read as the chat's database (${messageOf(error)}): give the ${what} that the server stores in`,
        { code: "no-reference-database", cause: error },
      );
    }
  }

  async oldestOfLast(roomId: number, count: number): Promise<number | undefined> {
    return idOf(await this.#reader.rows(OLDEST_OF_LAST, [roomId, count]));
  }

  async oldestBefore(roomId: number, beforeId: number, count: number): Promise<number | undefined> {
    return idOf(await this.#reader.rows(OLDEST_BEFORE, [roomId, beforeId, count]));
  }

  /** The messages of a room from the id `fromId` on, oldest first. */
  async messagesFrom(roomId: number, fromId: number): Promise<StoredMessage[]> {
    const rows = await this.#reader.rows(WINDOW, [roomId, fromId]);
    return rows.map((row) => ({
      id: Number(row.id),
      sender: String(row.sender),
      content: String(row.content),
      insertedAt: String(row.inserted_at),
      edited: Number(row.edited) === 1,
    }));
  }

  /** The room of a message; undefined where no such message is stored. */
  async placeOf(messageId: number): Promise<MessagePlace | undefined> {
    const [row] = await this.#reader.rows(PLACE, [messageId]);
    return row && { roomId: Number(row.room_id), roomName: String(row.room_name) };
  }

  /** The name of a room; undefined where there is none. */
  async roomName(roomId: number): Promise<string | undefined> {
    const [row] = await this.#reader.rows(ROOM_NAME, [roomId]);
    return row && String(row.name);
  }

  /** Lets go of it. */
  close(): Promise<void> {
    return this.#reader.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** An aggregate over no rows is a row with null. */
function idOf([row]: readonly Row[]): number | undefined {
  return row === undefined || row.id === null ? undefined : Number(row.id);
}
