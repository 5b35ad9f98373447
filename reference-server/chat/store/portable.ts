import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from "kysely";
import { DatabaseError } from "pg";
import type { Tables } from "./schema.ts";

type AnyDatabase = Pick<Kysely<unknown>, "getExecutor">;

/** Whether a database is a PostgreSQL; if not, it is SQLite. */
export function isPostgres(database: AnyDatabase): boolean {
  return database.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * The types of columns that the two databases do not have alike, for migrations:
 *
 * - `id`: an id, whatever `Number.MAX_SAFE_INTEGER` can be compared with
 * - `text`: text that is compared and sorted byte by byte, whatever the database's language is
 */
export function columnTypes(database: AnyDatabase) {
  return isPostgres(database)
    ? ({ id: "bigint", text: sql`text collate "C"` } as const)
    : ({ id: "integer", text: "text" } as const);
}

/**
 * Makes a column of type `id` the one that rows are given their ids in.
 *
 * @param options.lasting whether an id is never given twice. In PostgreSQL it never is.
 */
export function generatedId(database: AnyDatabase, options: { readonly lasting: boolean }) {
  return (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => {
    if (isPostgres(database)) return column.generatedByDefaultAsIdentity().primaryKey();
    return options.lasting ? column.primaryKey().autoIncrement() : column.primaryKey();
  };
}

/** Has a table go on above the ids that rows were given by hand: PostgreSQL does not look at them. */
export async function skipGivenIds(database: Kysely<Tables>, table: keyof Tables): Promise<void> {
  if (!isPostgres(database)) return;
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)}`.execute(
    database,
  );
}

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. Source: sqlite.org/rescode.html */
const SQLITE_UNIQUE: readonly unknown[] = [1555, 2067];
/** `unique_violation`. Source: PostgreSQL's documentation, appendix A. */
const POSTGRES_UNIQUE = "23505";

/** Whether a statement failed since there would have been two of what there may be only one. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === POSTGRES_UNIQUE;
  return error instanceof Error && "errcode" in error && SQLITE_UNIQUE.includes(error.errcode);
}
