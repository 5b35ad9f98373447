import { type Migration, sql } from "kysely";
import { columnTypes, generatedId } from "../portable.ts";

/**
 * Rooms, people and messages. Databases from before there were migrations have these tables, and no record of it: so
 * they are made only where they are missing.
 */
export const chat: Migration = {
  async up(database) {
    const { id, text } = columnTypes(database);
    await database.schema
      .createTable("rooms")
      .ifNotExists()
      .addColumn("id", id, generatedId(database, { lasting: false }))
      .addColumn("name", text, (column) => column.notNull().unique())
      .execute();
    await database.schema
      .createTable("users")
      .ifNotExists()
      .addColumn("id", id, generatedId(database, { lasting: false }))
      .addColumn("name", text, (column) => column.notNull().unique())
      .execute();
    await database.schema
      .createTable("messages")
      .ifNotExists()
      // An id is never given twice, so that a deleted message cannot come back as another.
      .addColumn("id", id, generatedId(database, { lasting: true }))
      .addColumn("room_id", id, (column) => column.notNull().references("rooms.id"))
      .addColumn("sender_id", id, (column) => column.notNull().references("users.id"))
      .addColumn("content", text, (column) => column.notNull())
      .addColumn("inserted_at", text, (column) => column.notNull())
      .addColumn("edited", "integer", (column) => column.notNull().defaultTo(sql`0`))
      .execute();
    await database.schema
      .createIndex("messages_by_room")
      .ifNotExists()
      .on("messages")
      .columns(["room_id", "id"])
      .execute();
  },
};
