import { nameKey } from "./account-fields.ts";
import { hashPassword, type ScryptCost } from "./password.ts";
import type { Database } from "./store/database.ts";

/** The password of every account that is made up: no secret, so a server that has such accounts is for measuring. */
export const SEED_PASSWORD = "a password for the bench";

/** A hash of 1 MiB, a few milliseconds: 200 users log in within a second or so. */
const SEED_COST: ScryptCost = { logN: 10, r: 8, p: 1 };
const ROWS_PER_STATEMENT = 500;

/** The names of so many users: `user-0001` and on, of one width, so that no byte count depends on who it is. */
export function numberedUsers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `user-${String(index + 1).padStart(4, "0")}`);
}

/**
 * Makes accounts of these names where there are none, in their order: `alice` has the address `alice@chat.example`.
 *
 * All have one hash, since all have one password: hashed once, however many they are.
 */
export async function makeAccounts(database: Database, names: readonly string[]): Promise<void> {
  await inParts(database, names, (transaction, some, password_hash) =>
    transaction
      .insertInto("users")
      .values(
        some.map((name) => ({
          name,
          name_key: nameKey(name),
          email: `${nameKey(name)}@chat.example`,
          password_hash,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** Gives those of these names the password who have none, since they are older than passwords. */
export async function openAccounts(database: Database, names: readonly string[]): Promise<void> {
  await inParts(database, names, (transaction, some, password_hash) =>
    transaction
      .updateTable("users")
      .set({ password_hash })
      .where("name", "in", some)
      .where("name_key", "is not", null)
      .where("password_hash", "is", null)
      .execute(),
  );
}

async function inParts(
  database: Database,
  names: readonly string[],
  act: (transaction: Database, some: readonly string[], hash: string) => Promise<unknown>,
): Promise<void> {
  if (names.length === 0) return;
  const hash = await hashPassword(SEED_PASSWORD, SEED_COST);
  await database.transaction().execute(async (transaction) => {
    for (let start = 0; start < names.length; start += ROWS_PER_STATEMENT)
      await act(transaction, names.slice(start, start + ROWS_PER_STATEMENT), hash);
  });
}
