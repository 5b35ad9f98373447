import { type Kysely, type Migration, Migrator } from "kysely";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";

/**
 * Brings a database up to date: runs the migrations that it has not seen, all or none of them.
 *
 * @param migrations by name, run in the order of their names.
 * @throws Error where one fails, or where the database has seen some that this server does not know.
 */
export async function migrate(
  database: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === "Error");
  const what =
    failed === undefined ? "it is of another version of this server" : `${failed.migrationName} failed`;
  const why = error instanceof Error ? error.message : String(error);
  throw new Error(`the database cannot be brought up to date, and is left as it was: ${what}: ${why}`, {
    cause: error,
  });
}
