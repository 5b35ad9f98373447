import type { Generated } from "kysely";

/** The tables, as kysely sees them once every migration has run. */
export interface Tables {
  rooms: {
    id: Generated<number>;
    /** Of a public room, what it is called; of a conversation, nothing that anybody sees: unique, and made up. */
    name: string;
  };
  users: {
    id: Generated<number>;
    name: string;
    /** The name as it is compared. Null of an account that is deleted, and where another has the same since before. */
    name_key: string | null;
    /** In lower case. Null of an account that is deleted, or from before there were passwords. */
    email: string | null;
    /** As `hashPassword` writes it. Null of an account that nobody can log in to. */
    password_hash: string | null;
    /** ISO 8601 in UTC, to the second. */
    deleted_at: string | null;
  };
  sessions: {
    /** SHA-256 of the token, in hexadecimal digits. */
    id: string;
    user_id: number;
    /** ISO 8601 in UTC, to the second. */
    inserted_at: string;
  };
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
  /** A room of these is a conversation: it has members, and is no public room. */
  conversations: {
    room_id: number;
    /** Null where it goes by its members. */
    title: string | null;
    /** One of the members. */
    owner_id: number;
    /** ISO 8601 in UTC, to the second. Null while it is open. */
    closed_at: string | null;
  };
  members: { conversation_id: number; user_id: number };
  seen: {
    message_id: number;
    user_id: number;
    /** When it was first displayed to him. ISO 8601 in UTC, to the second. */
    seen_at: string;
  };
  reactions: { message_id: number; user_id: number; emoji: string };
}
