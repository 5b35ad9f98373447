import { z } from "zod";
import type { Database } from "./store/database.ts";

/** Somebody who can write. */
export interface User {
  readonly id: number;
  readonly name: string;
}

/** A name to go by: 2 to 32 letters, digits, dots, hyphens and underscores. */
export const userName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}._-]{2,32}$/u, "a name has 2 to 32 letters, digits, dots, hyphens or underscores");

/** Who is who. */
export class Accounts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The user of that name, new if nobody goes by it. */
  async enter(name: string): Promise<User> {
    await this.#database
      .insertInto("users")
      .values({ name })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    return this.#database
      .selectFrom("users")
      .select(["id", "name"])
      .where("name", "=", name)
      .executeTakeFirstOrThrow();
  }

  find(id: number): Promise<User | undefined> {
    return this.#database.selectFrom("users").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
  }
}
