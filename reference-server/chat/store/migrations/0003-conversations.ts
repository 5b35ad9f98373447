import type { Migration } from "kysely";
import { columnTypes } from "../portable.ts";

/**
 * Conversations: rooms with members. A member is one only once, and an owner is a member: the owner's key is checked when
 * a transaction ends, since an owner and a conversation need each other. Members refer to the room rather than to the
 * conversation, so that each table refers to one that is there before it.
 *
 * What is known of a message beside its text goes with it: who has seen it when, and the reactions to it.
 */
export const conversations: Migration = {
  async up(database) {
    const { id, text } = columnTypes(database);
    await database.schema
      .createTable("members")
      .addColumn("conversation_id", id, (column) => column.notNull().references("rooms.id"))
      .addColumn("user_id", id, (column) => column.notNull().references("users.id"))
      .addPrimaryKeyConstraint("members_once", ["conversation_id", "user_id"])
      .execute();
    await database.schema.createIndex("members_by_user").on("members").column("user_id").execute();
    await database.schema
      .createTable("conversations")
      .addColumn("room_id", id, (column) => column.primaryKey().references("rooms.id"))
      .addColumn("title", text)
      .addColumn("owner_id", id, (column) => column.notNull())
      .addColumn("closed_at", text)
      .addForeignKeyConstraint(
        "conversations_owner_is_member",
        ["room_id", "owner_id"],
        "members",
        ["conversation_id", "user_id"],
        (key) => key.deferrable().initiallyDeferred(),
      )
      .execute();
    await database.schema
      .createTable("seen")
      .addColumn("message_id", id, (column) => column.notNull().references("messages.id").onDelete("cascade"))
      .addColumn("user_id", id, (column) => column.notNull().references("users.id"))
      .addColumn("seen_at", text, (column) => column.notNull())
      .addPrimaryKeyConstraint("seen_once", ["message_id", "user_id"])
      .execute();
    await database.schema
      .createTable("reactions")
      .addColumn("message_id", id, (column) => column.notNull().references("messages.id").onDelete("cascade"))
      .addColumn("user_id", id, (column) => column.notNull().references("users.id"))
      .addColumn("emoji", text, (column) => column.notNull())
      .addPrimaryKeyConstraint("reactions_once", ["message_id", "user_id", "emoji"])
      .execute();
  },
};
