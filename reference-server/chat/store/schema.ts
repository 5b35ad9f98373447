import type { Generated } from "kysely";

/** The tables, as kysely sees them once every migration has run. */
export interface Tables {
  rooms: { id: Generated<number>; name: string };
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
}
