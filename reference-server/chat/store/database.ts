import type { Kysely } from "kysely";
import { isPostgresUrl } from "./location.ts";
import { migrate } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import type { Tables } from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

/** The chat's database. */
export type Database = Kysely<Tables>;

/**
 * Opens the chat's database and brings its tables up to date.
 *
 * @param location the URL of a PostgreSQL; or a file of SQLite, made where there is none, or `:memory:`.
 * @param log takes a line for each connection that is lost. Default: nobody does.
 * @throws Error where it is of a newer server, or no database.
 */
export async function openDatabase(
  location: string,
  log: (line: string) => void = () => {},
): Promise<Database> {
  const database = isPostgresUrl(location)
    ? await openPostgres<Tables>(location, log)
    : openSqlite<Tables>(location);
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
}
