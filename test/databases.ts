import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { onTestFinished } from "vitest";
import { type Database, openDatabase } from "../reference-server/chat/store/database.ts";

/** A kind of database that tests run on. */
export interface TestDatabases {
  readonly name: "SQLite" | "PostgreSQL";
  /** Where an empty database of the test's own is: it may be opened more than once, and is gone when the test ends. */
  readonly emptyLocation: () => Promise<string>;
  /** An empty database of the test's own, with its tables; closed and gone when the test ends. */
  readonly open: () => Promise<Database>;
}

const sqlite: TestDatabases = {
  name: "SQLite",
  emptyLocation: async () => {
    const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return join(folder, "chat.db");
  },
  open: () => opened(":memory:"),
};

/** @param server the URL of a database of it; that one is left as it is. */
function postgres(server: string): TestDatabases {
  const asked = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const emptyLocation = async () => {
    const name = `chat_test_${randomBytes(8).toString("hex")}`;
    await asked(`CREATE DATABASE ${name}`);
    onTestFinished(() => asked(`DROP DATABASE ${name} WITH (FORCE)`));
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
  return { name: "PostgreSQL", emptyLocation, open: async () => opened(await emptyLocation()) };
}

async function opened(location: string): Promise<Database> {
  const database = await openDatabase(location);
  onTestFinished(() => database.destroy());
  return database;
}

// DATABASE_URL of whoever runs the tests: `vitest.config.ts` gives it this name.
const server = process.env.TEST_DATABASE_URL;

/**
 * The kinds of databases that there are: `describe.each(DATABASES)("on $name", ({ open }) => ...)`. SQLite is there always,
 * PostgreSQL where `DATABASE_URL` names one on which databases may be made. Where it does not, `databases-left-out.ts` says so.
 */
export const DATABASES: readonly TestDatabases[] = server ? [sqlite, postgres(server)] : [sqlite];

/** PostgreSQL alone, for what SQLite has not: several connections. Empty where `DATABASE_URL` is not set. */
export const POSTGRES: readonly TestDatabases[] = DATABASES.filter(({ name }) => name === "PostgreSQL");
