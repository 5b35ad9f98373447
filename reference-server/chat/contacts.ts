import { sql } from "kysely";
import { nameKey } from "./account-fields.ts";
import type { User } from "./accounts.ts";
import type { Database } from "./store/database.ts";
import { isStorable } from "./store/storable.ts";

/** So many people at most are found at once. */
export const MAX_CONTACTS_FOUND = 10;

/** Longer than any nickname is as it is compared: of its 32 characters none becomes more than 18. */
const MAX_KEY_LENGTH = 1000;

/** Whom one may have in a conversation: everybody who has an account. */
export class Contacts {
  readonly #database: Pick<Database, "selectFrom">;

  constructor(database: Pick<Database, "selectFrom">) {
    this.#database = database;
  }

  /**
   * The people whose nickname has this in it, whatever its case, in the order of their names, at most
   * {@link MAX_CONTACTS_FOUND}. A blank text finds nobody.
   *
   * @param without the ids of those who are not looked for.
   */
  async find(text: string, without: readonly number[]): Promise<User[]> {
    const key = nameKey(text.trim());
    // SQLite fails at a pattern of more than 50,000 bytes.
    if (key === "" || key.length > MAX_KEY_LENGTH || !isStorable(key)) return [];
    const pattern = `%${key.replaceAll(/[\\%_]/g, "\\$&")}%`;
    return this.#database
      .selectFrom("users")
      .select(["id", "name"])
      .where(sql<boolean>`name_key like ${pattern} escape '\\'`)
      .where("deleted_at", "is", null)
      .where("id", "not in", [...without])
      .orderBy("name_key")
      .limit(MAX_CONTACTS_FOUND)
      .execute();
  }

  /** Those of these ids who have an account, in the order of the ids, each once. */
  async withIds(ids: readonly number[]): Promise<User[]> {
    const once = [...new Set(ids)];
    if (once.length === 0) return [];
    const found = await this.#database
      .selectFrom("users")
      .select(["id", "name"])
      .where("id", "in", once)
      .where("deleted_at", "is", null)
      .execute();
    const byId = new Map(found.map((user) => [user.id, user]));
    return once.flatMap((id) => byId.get(id) ?? []);
  }
}
