import { Pool } from "pg";
import type { SqlReader } from "./sql-reader.ts";

/** As many viewers load history at once as a server has connections; the oracle is not to wait for itself either. */
const MAX_CONNECTIONS = 4;
const CONNECTION_TIMEOUT_MS = 10_000;

/** Whether a database is told by the URL of a PostgreSQL, and not by a file. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:\/\//i.test(location);
}

/**
 * Reads a PostgreSQL, on connections whose transactions are read-only.
 *
 * @throws Error where the URL cannot be read; whether anybody answers shows at the first query.
 */
export function readPostgres(location: string): SqlReader {
  const url = new URL(location);
  const options = url.searchParams.get("options") ?? "";
  url.searchParams.set("options", `${options} -c default_transaction_read_only=on`.trim());
  const pool = new Pool({
    connectionString: url.href,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    application_name: "chat-diff-bench",
  });
  // A connection that is lost shows at the next query, if no other can be made. An error event that nobody hears would
  // end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  return {
    rows: async (sql, parameters) => (await pool.query(numbered(sql), [...parameters])).rows,
    close: () => pool.end(),
  };
}

/** `?` as PostgreSQL has it: `$1`, `$2`. */
function numbered(sql: string): string {
  let number = 0;
  return sql.replaceAll("?", () => {
    number += 1;
    return `$${number}`;
  });
}

/** Where it is, without the password, and without parameters, which may have one too. */
export function shownUrl(location: string): string {
  const url = URL.parse(location);
  if (url === null) return "the database by a URL that cannot be read";
  url.password = "";
  url.search = "";
  url.hash = "";
  return url.href;
}
