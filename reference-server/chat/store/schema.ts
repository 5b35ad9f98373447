import { type Generated, type Kysely, sql } from "kysely";

/** The tables, as kysely sees them. */
export interface Tables {
  rooms: { id: Generated<number>; name: string };
  users: { id: Generated<number>; name: string };
  messages: {
    id: Generated<number>;
    room_id: number;
    sender_id: number;
    content: string;
    /** ISO 8601 in UTC, to the second. */
    inserted_at: string;
    /** 0 or 1. */
    edited: Generated<number>;
  };
}

/** Makes the tables where they are missing. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  await database.schema
    .createTable("rooms")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .execute();
  await database.schema
    .createTable("users")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .execute();
  await database.schema
    .createTable("messages")
    .ifNotExists()
    // An id is never given twice, so that a deleted message cannot come back as another.
    .addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("room_id", "integer", (column) => column.notNull().references("rooms.id"))
    .addColumn("sender_id", "integer", (column) => column.notNull().references("users.id"))
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("inserted_at", "text", (column) => column.notNull())
    .addColumn("edited", "integer", (column) => column.notNull().defaultTo(sql`0`))
    .execute();
  await database.schema
    .createIndex("messages_by_room")
    .ifNotExists()
    .on("messages")
    .columns(["room_id", "id"])
    .execute();
}
