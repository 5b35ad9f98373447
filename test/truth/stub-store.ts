import { DatabaseSync } from "node:sqlite";

/** Where a stub writes down what it stores, in the tables that the oracle reads. */
export interface StubStore {
  write(id: number, room: number, content: string): void;
}

/** A store in a file of SQLite, which is made. */
export function sqliteStore(file: string): StubStore & Disposable {
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE rooms (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE messages (
      id INTEGER PRIMARY KEY, room_id INTEGER, sender_id INTEGER, content TEXT, inserted_at TEXT, edited INTEGER)`);
  const insert = database.prepare("INSERT INTO messages VALUES (?, ?, NULL, ?, '2024-01-01T00:00:00Z', 0)");
  return {
    write: (id, room, content) => void insert.run(id, room, content),
    [Symbol.dispose]: () => database.close(),
  };
}
