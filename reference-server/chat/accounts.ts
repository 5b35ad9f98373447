import { nameKey } from "./account-fields.ts";
import { hashPassword } from "./password.ts";
import { type Proof, type Proved, Prover } from "./proof.ts";
import type { Sessions } from "./sessions.ts";
import type { Database } from "./store/database.ts";
import { isUniqueViolation } from "./store/portable.ts";
import { isStorable } from "./store/storable.ts";
import { isoSeconds } from "./timestamp.ts";

/** Somebody who can write. */
export interface User {
  readonly id: number;
  readonly name: string;
}

/** What an account is made with. All of it is valid. */
export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** What of an account others have already. */
export type Taken = "name" | "email";

/** How the author of a message is called whose account is deleted. Nobody can take such a name: it has spaces. */
const deletedName = (id: number): string => `deleted user ${id}`;

/** Who is who, and who proves it how. */
export class Accounts {
  readonly sessions: Sessions;
  readonly #database: Database;
  readonly #nowMs: () => number;
  readonly #prover: Prover;

  constructor(options: {
    readonly database: Database;
    readonly sessions: Sessions;
    /** Milliseconds since the epoch. */
    readonly nowMs: () => number;
  }) {
    this.#database = options.database;
    this.sessions = options.sessions;
    this.#nowMs = options.nowMs;
    this.#prover = new Prover(options.nowMs);
  }

  /** Makes an account and logs it in. @returns the token of its session, or what others have already. */
  async register({ name, email, password }: NewAccount): Promise<{ token: string } | { taken: Taken[] }> {
    const taken = async () => [
      ...((await nameIsTaken(this.#database, name)) ? (["name"] as const) : []),
      ...((await emailIsTaken(this.#database, email)) ? (["email"] as const) : []),
    ];
    const before = await taken();
    if (before.length > 0) return { taken: before };
    const hash = await hashPassword(password);
    const made = await this.#database
      .insertInto("users")
      .values({ name, name_key: nameKey(name), email, password_hash: hash })
      // Somebody was faster.
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    const token = made && (await this.sessions.begin(made.id, hash));
    return token === undefined ? { taken: await taken() } : { token };
  }

  /** Logs somebody in by name or e-mail address. Proved is the token of the session. */
  async logIn(login: string, password: string): Promise<Proof<string>> {
    const key = nameKey(login.trim());
    const account = isStorable(key) ? await this.#accountOf(key) : undefined;
    return this.#prover.prove({ account, login: key, password }, ({ id, hash }) =>
      this.sessions.begin(id, hash),
    );
  }

  /** Who has a name or an address, in the form in which they are compared. */
  #accountOf(key: string) {
    return this.#database
      .selectFrom("users")
      .select(["id", "password_hash"])
      .where(key.includes("@") ? "email" : "name_key", "=", key)
      .executeTakeFirst();
  }

  /** The e-mail address of an account; null where it has none. */
  async emailOf({ id }: User): Promise<string | null> {
    const row = await this.#database
      .selectFrom("users")
      .select("email")
      .where("id", "=", id)
      .executeTakeFirst();
    return row?.email ?? null;
  }

  /** Gives an account another name. Its pages mount anew, since they show and send it. @returns whether it was free. */
  async rename({ id }: User, name: string): Promise<boolean> {
    const renamed = this.#database.transaction().execute(async (database) => {
      if (await nameIsTaken(database, name, id)) return undefined;
      const values = { name, name_key: nameKey(name) };
      await database.updateTable("users").set(values).where("id", "=", id).execute();
      return this.sessions.idsOf(id, database);
    });
    const ids = await renamed.catch(unlessTaken(undefined));
    if (ids !== undefined) this.sessions.disconnect(ids);
    return ids !== undefined;
  }

  /** Gives an account another e-mail address. Proved is whether it was free. */
  changeEmail(user: User, email: string, password: string): Promise<Proof<boolean>> {
    return this.#proveOwn(user, password, (proved) =>
      this.#database
        .transaction()
        .execute(async (database) => {
          if (await emailIsTaken(database, email, user.id)) return false;
          return (await change(database, proved, { email })) || undefined;
        })
        .catch(unlessTaken(false)),
    );
  }

  /** Gives an account another password, and ends all its sessions. Proved is the token of a new one. */
  changePassword(user: User, password: string, next: string): Promise<Proof<string>> {
    return this.#proveOwn(user, password, async (proved) => {
      const hash = await hashPassword(next);
      const ended = await this.#endSessions(proved, { password_hash: hash });
      return ended ? this.sessions.begin(proved.id, hash) : undefined;
    });
  }

  /**
   * Deletes an account: nothing is kept but its messages, by "deleted user" and a number, so that talks can still be
   * followed. Name and address are free again.
   */
  delete(user: User, password: string): Promise<Proof<true>> {
    return this.#proveOwn(user, password, async (proved) => {
      const nobody = { name: deletedName(user.id), name_key: null, email: null, password_hash: null };
      const deleted = { ...nobody, deleted_at: isoSeconds(this.#nowMs()) };
      return (await this.#endSessions(proved, deleted)) || undefined;
    });
  }

  /** Changes an account and ends its sessions. @returns whether the proof still held. */
  async #endSessions(proved: Proved, values: AccountChange): Promise<boolean> {
    const ids = await this.#database.transaction().execute(async (database) => {
      if (!(await change(database, proved, values))) return undefined;
      const ended = await this.sessions.idsOf(proved.id, database);
      await database.deleteFrom("sessions").where("user_id", "=", proved.id).execute();
      return ended;
    });
    if (ids !== undefined) this.sessions.disconnect(ids);
    return ids !== undefined;
  }

  async #proveOwn<T>(
    user: User,
    password: string,
    act: (proved: Proved) => Promise<T | undefined>,
  ): Promise<Proof<T>> {
    const account = await this.#database
      .selectFrom("users")
      .select(["id", "password_hash"])
      .where("id", "=", user.id)
      .executeTakeFirst();
    return this.#prover.prove({ account, login: user.name, password }, act);
  }
}

interface AccountChange {
  readonly name?: string;
  readonly name_key?: null;
  readonly email?: string | null;
  readonly password_hash?: string | null;
  readonly deleted_at?: string;
}

/** Changes an account, if its password is still the one that was proved. */
async function change(
  database: Pick<Database, "updateTable">,
  { id, hash }: Proved,
  values: AccountChange,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable("users")
    .set(values)
    .where("id", "=", id)
    .where("password_hash", "=", hash)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** What a change comes to where somebody else was faster to take the name or the address. Throws any other error. */
const unlessTaken =
  <T>(outcome: T) =>
  (error: unknown): T => {
    if (isUniqueViolation(error)) return outcome;
    throw error;
  };

type Reader = Pick<Database, "selectFrom">;

/** Whether another account has the name, or one that differs in case alone. */
async function nameIsTaken(database: Reader, name: string, own = 0): Promise<boolean> {
  const other = await database
    .selectFrom("users")
    .select("id")
    .where((eb) => eb.or([eb("name_key", "=", nameKey(name)), eb("name", "=", name)]))
    .where("id", "!=", own)
    .executeTakeFirst();
  return other !== undefined;
}

async function emailIsTaken(database: Reader, email: string, own = 0): Promise<boolean> {
  const other = await database
    .selectFrom("users")
    .select("id")
    .where("email", "=", email)
    .where("id", "!=", own)
    .executeTakeFirst();
  return other !== undefined;
}
