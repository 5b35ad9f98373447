import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from "kysely";

/**
 * Opens an SQLite file, made where there is none, or `:memory:`.
 *
 * @throws Error where it is no database.
 */
export function openSqlite<Tables>(file: string): Kysely<Tables> {
  const sqlite = new DatabaseSync(file);
  // Readers beside the server (the oracle) see what is committed, without waiting for a writer.
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  return new Kysely<Tables>({ dialect: new Dialect({ database: kyselyDatabase(sqlite) }) });
}

/** SQLite takes back changes of tables too, though kysely's dialect does not rely on it: a migration is all or nothing. */
class Dialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
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
