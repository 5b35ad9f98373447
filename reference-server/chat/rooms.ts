import type { Database } from "./store/database.ts";

/** A place where messages are written. */
export interface Room {
  readonly id: number;
  readonly name: string;
}

/** The rooms that everybody may enter. */
export class Rooms {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All of them, in the order in which they were made. */
  list(): Promise<Room[]> {
    return this.#database.selectFrom("rooms").select(["id", "name"]).orderBy("id").execute();
  }
}
