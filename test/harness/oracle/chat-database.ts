import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";

/**
 * A chat's database in a file of its own, as the server would write it, for the time of one test: two rooms,
 * two users, no message.
 */
export function chatDatabase(): {
  readonly path: string;
  readonly writer: DatabaseSync;
  insert: InsertMessage;
} {
  const folder = mkdtempSync(join(tmpdir(), "bench-oracle-"));
  const path = join(folder, "chat.db");
  const writer = new DatabaseSync(path);
  onTestFinished(() => {
    writer.close();
    rmSync(folder, { recursive: true });
  });
  writer.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE messages (
      id INTEGER PRIMARY KEY AUTOINCREMENT, room_id INTEGER NOT NULL, sender_id INTEGER NOT NULL,
      content TEXT NOT NULL, inserted_at TEXT NOT NULL, edited INTEGER NOT NULL DEFAULT 0);
    INSERT INTO rooms VALUES (1, 'general'), (2, 'random');
    INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');`);
  const statement = writer.prepare(
    "INSERT INTO messages (id, room_id, sender_id, content, inserted_at) VALUES (?, ?, 1, ?, '2024-01-01T08:30:59Z')",
  );
  return { path, writer, insert: (id, roomId) => void statement.run(id, roomId, `message ${id}`) };
}

/** Stores a message of Ada's with this id. */
export type InsertMessage = (id: number, roomId: number) => void;
