import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect } from "kysely";
import { migrate, type Tables } from "./schema.ts";

/** The chat's database. */
export type Database = Kysely<Tables>;

/**
 * Opens the chat's database and brings its tables up to date.
 *
 * @param location a file, made where there is none, or `:memory:`.
 */
export async function openDatabase(location: string): Promise<Database> {
  const sqlite = new DatabaseSync(location);
  // Readers beside the server (the oracle) see what is committed, without waiting for a writer.
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(sqlite) }) });
  await migrate(database);
  return database;
}

/** `node:sqlite` in the shape in which kysely expects a driver. Statements are prepared once. */
function kyselyDatabase(sqlite: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, ReturnType<SqliteDatabase["prepare"]>>();
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known !== undefined) return known;
      const statement = sqlite.prepare(sql);
      const made = {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...bound(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...bound(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...bound(parameters)),
      };
      prepared.set(sql, made);
      return made;
    },
  };
}

function bound(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
