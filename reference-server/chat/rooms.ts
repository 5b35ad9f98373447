import type { Database } from "./store/database.ts";

/** A place where messages are written. */
export interface Room {
  readonly id: number;
  readonly name: string;
}

/** The rooms that everybody may enter: conversations are none of them. */
export class Rooms {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All of them, in the order in which they were made. */
  list(): Promise<Room[]> {
    return this.#database
      .selectFrom("rooms")
      .leftJoin("conversations", "conversations.room_id", "rooms.id")
      .where("conversations.room_id", "is", null)
      .select(["rooms.id", "rooms.name"])
      .orderBy("rooms.id")
      .execute();
  }
}
