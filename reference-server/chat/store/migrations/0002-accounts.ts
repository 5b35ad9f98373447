import type { Kysely, Migration } from "kysely";
import { columnTypes } from "../portable.ts";

/** What this migration finds, and what it adds. */
interface Tables {
  users: { id: number; name: string; name_key: string | null };
}

/** As `nameKey` was when this was written: what has run never changes. */
const keyOf = (name: string): string => name.normalize("NFKC").toLowerCase();

/**
 * Accounts and their sessions. Who was there before keeps name and messages, but has no password, so nobody can log in
 * as him. Where two names differ by case alone, the older one is the one that is compared.
 */
export const accounts: Migration = {
  async up(untyped) {
    const database = untyped as Kysely<Tables>;
    const { id: idType, text } = columnTypes(database);
    for (const name of ["name_key", "email", "password_hash", "deleted_at"])
      await database.schema.alterTable("users").addColumn(name, text).execute();
    const taken = new Set<string>();
    const users = await database.selectFrom("users").select(["id", "name"]).orderBy("id").execute();
    for (const { id, name } of users) {
      const key = keyOf(name);
      if (taken.has(key)) continue;
      taken.add(key);
      await database.updateTable("users").set({ name_key: key }).where("id", "=", id).execute();
    }
    for (const column of ["name_key", "email"])
      await database.schema.createIndex(`users_by_${column}`).unique().on("users").column(column).execute();
    await database.schema
      .createTable("sessions")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("user_id", idType, (column) => column.notNull().references("users.id"))
      .addColumn("inserted_at", text, (column) => column.notNull())
      .execute();
    await database.schema.createIndex("sessions_by_user").on("sessions").column("user_id").execute();
  },
};
