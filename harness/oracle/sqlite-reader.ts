import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { SqlReader } from "./sql-reader.ts";

/** Reads an SQLite file, beside the server that writes it. @throws Error where there is none. */
export function readSqlite(file: string): SqlReader {
  const database = new DatabaseSync(file, { readOnly: true });
  const prepared = new Map<string, StatementSync>();
  return {
    async rows(sql, parameters) {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return statement.all(...parameters);
    },
    async close() {
      database.close();
    },
  };
}
