import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool, types } from "pg";
import { messageOfError, shownLocation } from "./location.ts";

/** The server is one thread, and its queries are short: more connections would only wait in another place. */
const MAX_CONNECTIONS = 10;
/** How long a query may wait for a connection, an open one or a new one. */
const CONNECTION_TIMEOUT_MS = 10_000;

/**
 * Opens a PostgreSQL, by URL. Connections are made as they are needed: one that is lost is logged, and the next query
 * makes another.
 *
 * @throws Error where it does not answer.
 */
export async function openPostgres<Tables>(
  url: string,
  log: (line: string) => void,
): Promise<Kysely<Tables>> {
  const lost = (error: Error): void => log(`a connection to the database is lost: ${messageOfError(error)}`);
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, lost) }) });
  try {
    await sql`select 1`.execute(database);
  } catch (error) {
    await database.destroy();
    throw new Error(`the database ${shownLocation(url)} cannot be opened: ${messageOfError(error)}`, {
      cause: error,
    });
  }
  return database;
}

/** @param lost is told of each connection that ends by itself. */
function openPool(url: string, lost: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    application_name: "reference-server",
    types: { getTypeParser: parserOf },
  });
  // The pool hears of idle connections alone. An error event that nobody hears would end the process.
  pool.on("connect", (client) => client.on("error", lost));
  pool.on("error", () => {});
  return pool;
}

/** 64-bit integers, that is ids and counts, as numbers: none is above `Number.MAX_SAFE_INTEGER`. */
const parserOf = ((type: number, format?: "text") =>
  type === types.builtins.INT8 ? Number : types.getTypeParser(type, format)) as typeof types.getTypeParser;
