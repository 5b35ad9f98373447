import { createHash } from "node:crypto";
import { type Identifiers, RANDOM_IDENTIFIERS } from "../identifiers.ts";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import type { User } from "./accounts.ts";
import type { Database } from "./store/database.ts";
import { isPostgres } from "./store/portable.ts";
import { isoSeconds } from "./timestamp.ts";

const TOKEN_BYTES = 32;
/** A session ends by itself after 60 days, as with Phoenix's own generator for accounts. */
const SESSION_MAX_AGE_MS = 60 * 24 * 60 * 60 * 1000;

/** The topic on which the sockets of a session are told to go. Only a hash of the token is in it. */
export const sessionTopic = (token: string): string => topicOf(sessionId(token));

/** What is broadcast on it, as in Phoenix: whoever is still logged in connects again. */
export const DISCONNECT = "disconnect";

const topicOf = (id: string): string => `users_sessions:${id}`;
const sessionId = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Who is logged in where. A token is known to its browser alone: stored is its hash. */
export class Sessions {
  readonly #database: Database;
  readonly #pubsub: Broadcaster<typeof DISCONNECT>;
  readonly #nowMs: () => number;
  readonly #identifiers: Identifiers;

  constructor(options: {
    readonly database: Database;
    readonly pubsub: Broadcaster<typeof DISCONNECT>;
    /** Milliseconds since the epoch. */
    readonly nowMs: () => number;
    /** Where tokens come from. Default: from chance. */
    readonly identifiers?: Identifiers | undefined;
  }) {
    this.#database = options.database;
    this.#pubsub = options.pubsub;
    this.#nowMs = options.nowMs;
    this.#identifiers = options.identifiers ?? RANDOM_IDENTIFIERS;
  }

  /**
   * Begins a session of whoever has proved his password, and gives its token; undefined where that password is no longer
   * the account's.
   */
  async begin(userId: number, passwordHash: string): Promise<string | undefined> {
    const token = this.#identifiers.draw(TOKEN_BYTES, `sessions of ${userId}`);
    const now = isoSeconds(this.#nowMs());
    await this.#database
      .deleteFrom("sessions")
      .where("user_id", "=", userId)
      .where("inserted_at", "<=", this.#oldest())
      .execute();
    const { numInsertedOrUpdatedRows: begun } = await this.#database
      .insertInto("sessions")
      .columns(["id", "user_id", "inserted_at"])
      .expression((query) =>
        query
          .selectFrom("users")
          .select(({ ref, val }) => [
            val(sessionId(token)).as("id"),
            ref("id").as("user_id"),
            val(now).as("at"),
          ])
          .where("id", "=", userId)
          .where("password_hash", "=", passwordHash)
          // Whoever changes the password meanwhile is waited for; SQLite has one writer at a time.
          .$if(isPostgres(this.#database), (users) => users.forShare()),
      )
      // A token that is not by chance may be one that the database has from a run before.
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ inserted_at: now }))
      .executeTakeFirstOrThrow();
    return begun === 1n ? token : undefined;
  }

  /** Whose session it is, if it has not ended. */
  userOf(token: string): Promise<User | undefined> {
    return this.#database
      .selectFrom("sessions")
      .innerJoin("users", "users.id", "sessions.user_id")
      .select(["users.id", "users.name"])
      .where("sessions.id", "=", sessionId(token))
      .where("sessions.inserted_at", ">", this.#oldest())
      .executeTakeFirst();
  }

  /** Ends a session, and its sockets. */
  async end(token: string): Promise<void> {
    const id = sessionId(token);
    await this.#database.deleteFrom("sessions").where("id", "=", id).execute();
    this.disconnect([id]);
  }

  /** The ids of a user's sessions. */
  async idsOf(userId: number, database: Pick<Database, "selectFrom"> = this.#database): Promise<string[]> {
    const rows = await database.selectFrom("sessions").select("id").where("user_id", "=", userId).execute();
    return rows.map(({ id }) => id);
  }

  /** Ends the sockets of sessions. Those of a session that goes on connect again, and mount anew. */
  disconnect(ids: readonly string[]): void {
    for (const id of ids) this.#pubsub.broadcast(topicOf(id), DISCONNECT);
  }

  #oldest(): string {
    return isoSeconds(this.#nowMs() - SESSION_MAX_AGE_MS);
  }
}
