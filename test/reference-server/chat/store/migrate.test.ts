import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { Accounts } from "../../../../reference-server/chat/accounts.ts";
import { seedDatabase } from "../../../../reference-server/chat/seed.ts";
import { SEED_PASSWORD } from "../../../../reference-server/chat/seed-accounts.ts";
import { Sessions } from "../../../../reference-server/chat/sessions.ts";
import { type Database, openDatabase } from "../../../../reference-server/chat/store/database.ts";
import { migrate } from "../../../../reference-server/chat/store/migrate.ts";
import { MIGRATIONS } from "../../../../reference-server/chat/store/migrations/index.ts";
import { PubSub } from "../../../../reference-server/pubsub/pubsub.ts";
import { DATABASES, POSTGRES } from "../../../databases.ts";

/** What the server made of a new file before it had accounts, as `sqlite_master` told it; and somebody's chat in it. */
const BEFORE_ACCOUNTS = `
  CREATE TABLE "rooms" ("id" integer primary key, "name" text not null unique);
  CREATE TABLE "users" ("id" integer primary key, "name" text not null unique);
  CREATE TABLE "messages" ("id" integer primary key autoincrement, "room_id" integer not null references "rooms" ("id"), "sender_id" integer not null references "users" ("id"), "content" text not null, "inserted_at" text not null, "edited" integer default 0 not null);
  CREATE INDEX "messages_by_room" on "messages" ("room_id", "id");
  INSERT INTO "rooms" VALUES (1, 'general'), (2, 'random');
  INSERT INTO "users" VALUES (1, 'alice'), (2, 'Zoë'), (3, 'ZOË'), (7, 'user-0001');
  INSERT INTO "messages" VALUES (1, 1, 2, 'hello', '2024-01-01T08:00:00Z', 0), (2, 2, 3, '<b>', '2024-01-01T08:01:00Z', 1),
    (9, 1, 1, 'gone', '2024-01-01T08:02:00Z', 0);
  DELETE FROM "messages" WHERE "id" = 9;`;

const TABLES = ["conversations", "members", "messages", "reactions", "rooms", "seen", "sessions", "users"];

function oldFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "chat.db");
  const sqlite = new DatabaseSync(file);
  sqlite.exec(BEFORE_ACCOUNTS);
  sqlite.close();
  return file;
}

async function opened(file: string): Promise<Database> {
  const database = await openDatabase(file);
  onTestFinished(() => database.destroy());
  return database;
}

function accountsOf(database: Database): Accounts {
  const nowMs = () => 0;
  return new Accounts({ database, sessions: new Sessions({ database, pubsub: new PubSub(), nowMs }), nowMs });
}

const tablesOf = (file: string) => {
  const sqlite = new DatabaseSync(file, { readOnly: true });
  const rows = sqlite.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").all();
  sqlite.close();
  return rows.map(({ sql }) => sql);
};

test("a file from before there were accounts keeps its rooms, people and messages", async () => {
  const database = await opened(oldFile());
  expect(await database.selectFrom("rooms").select("name").orderBy("id").execute()).toEqual([
    { name: "general" },
    { name: "random" },
  ]);
  expect(await database.selectFrom("messages").selectAll().orderBy("id").execute()).toEqual([
    { id: 1, room_id: 1, sender_id: 2, content: "hello", inserted_at: "2024-01-01T08:00:00Z", edited: 0 },
    { id: 2, room_id: 2, sender_id: 3, content: "<b>", inserted_at: "2024-01-01T08:01:00Z", edited: 1 },
  ]);
  const unknown = { email: null, password_hash: null, deleted_at: null };
  expect(await database.selectFrom("users").selectAll().orderBy("id").execute()).toEqual([
    { id: 1, name: "alice", name_key: "alice", ...unknown },
    { id: 2, name: "Zoë", name_key: "zoë", ...unknown },
    { id: 3, name: "ZOË", name_key: null, ...unknown },
    { id: 7, name: "user-0001", name_key: "user-0001", ...unknown },
  ]);
});

test("the id of a message that was deleted before is not given again", async () => {
  const database = await opened(oldFile());
  const message = { room_id: 1, sender_id: 1, content: "new", inserted_at: "2024-01-01T09:00:00Z" };
  const { id } = await database
    .insertInto("messages")
    .values(message)
    .returning("id")
    .executeTakeFirstOrThrow();
  expect(id).toBe(10);
});

test("whoever is from before passwords can log in to no account, unless the seed has his name", async () => {
  const database = await opened(oldFile());
  await seedDatabase(database, { seed: 1, messagesPerRoom: 5, users: 2 });
  const accounts = accountsOf(database);
  const kinds = await Promise.all(
    ["alice", "user-0001", "user-0002", "Zoë", "ZOË"].map(
      async (name) => (await accounts.logIn(name, SEED_PASSWORD)).kind,
    ),
  );
  expect(kinds).toEqual(["proved", "proved", "proved", "wrong", "wrong"]);
  expect((await database.selectFrom("messages").select("id").execute()).length).toBe(2);
});

test("an old file has the same tables as a new one then, and opening it again changes nothing", async () => {
  const old = oldFile();
  await (await openDatabase(old)).destroy();
  const fresh = `${old}.new`;
  await (await openDatabase(fresh)).destroy();
  const columns = (file: string) => {
    const sqlite = new DatabaseSync(file, { readOnly: true });
    const rows = sqlite
      .prepare(
        `SELECT m.name AS "table", p.name, p.type, p."notnull", p.pk FROM sqlite_master m, pragma_table_info(m.name) p
         WHERE m.type = 'table' ORDER BY m.name, p.cid`,
      )
      .all();
    sqlite.close();
    return rows;
  };
  expect(columns(old)).toEqual(columns(fresh));
  const before = tablesOf(old);
  await (await openDatabase(old)).destroy();
  expect(tablesOf(old)).toEqual(before);
});

describe.each(DATABASES)("on $name", ({ emptyLocation }) => {
  test("a migration that fails leaves the database as it was, with all that ran before it in the same start", async () => {
    const database = await opened(await emptyLocation());
    const tables = async () =>
      (await database.introspection.getTables()).map(({ name, columns }) => ({ name, columns }));
    const before = await tables();
    const migrations = {
      ...MIGRATIONS,
      "9998-more": {
        up: (db: Database) => db.schema.createTable("more").addColumn("id", "integer").execute(),
      },
      "9999-fails": {
        up: async (db: Database) => {
          await db.schema.alterTable("users").addColumn("half", "text").execute();
          throw new Error("no room left");
        },
      },
    };
    await expect(migrate(database, migrations)).rejects.toThrow("9999-fails failed: no room left");
    expect(before.map(({ name }) => name).toSorted()).toEqual(TABLES);
    expect(await tables()).toEqual(before);
  });

  test("a database of a newer server is refused, and said to be so", async () => {
    const location = await emptyLocation();
    const database = await opened(location);
    await migrate(database, { ...MIGRATIONS, "9999-later": { up: async () => {} } });
    await expect(openDatabase(location)).rejects.toThrow(
      "the database cannot be brought up to date, and is left as it was: it is of another version of this server",
    );
  });

  test("a database that is opened again keeps what is in it, and the id of a deleted message is not given again", async () => {
    const location = await emptyLocation();
    const first = await openDatabase(location);
    await seedDatabase(first, { seed: 1, messagesPerRoom: 1 });
    const newest = await first.deleteFrom("messages").where("id", "=", 3).executeTakeFirstOrThrow();
    expect(newest.numDeletedRows).toBe(1n);
    await first.destroy();
    const again = await opened(location);
    expect(await again.selectFrom("messages").select("id").orderBy("id").execute()).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
    const message = { room_id: 1, sender_id: 1, content: "new", inserted_at: "2024-01-01T09:00:00Z" };
    expect(await again.insertInto("messages").values(message).returning("id").execute()).toEqual([{ id: 4 }]);
  });

  test("counts are numbers, and text is sorted byte by byte", async () => {
    const database = await opened(await emptyLocation());
    const names = ["b", "B", "ä", "_", "a", "A"];
    await database
      .insertInto("rooms")
      .values(names.map((name) => ({ name })))
      .execute();
    const sorted = await database.selectFrom("rooms").select("name").orderBy("name").execute();
    expect(sorted.map(({ name }) => name)).toEqual(["A", "B", "_", "a", "b", "ä"]);
    const counted = database.selectFrom("rooms").select(({ fn }) => fn.countAll<number>().as("count"));
    expect(await counted.execute()).toEqual([{ count: 6 }]);
  });
});

describe.each(POSTGRES)("on $name", ({ emptyLocation }) => {
  test("servers that start at once on one empty database make its tables once", async () => {
    const location = await emptyLocation();
    const databases = await Promise.all(Array.from({ length: 4 }, () => opened(location)));
    const run = databases.map((database) =>
      sql<{ name: string }>`select name from kysely_migration order by name`.execute(database),
    );
    const names = (await Promise.all(run)).map(({ rows }) => rows.map(({ name }) => name));
    expect(names).toEqual(Array.from({ length: 4 }, () => Object.keys(MIGRATIONS)));
  });

  test("every id is a 64-bit integer, and every text is compared byte by byte", async () => {
    const database = await opened(await emptyLocation());
    const { rows } = await sql<{ what: string }>`
      select distinct (case when column_name = 'id' or column_name like '%\\_id' then 'id ' else '' end)
        || data_type || coalesce(' ' || collation_name, '') as what
      from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(database);
    expect(rows.map(({ what }) => what)).toEqual(["id bigint", "id text C", "integer", "text C"]);
  });
});
