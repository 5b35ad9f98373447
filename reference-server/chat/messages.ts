import { sql } from "kysely";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import type { User } from "./accounts.ts";
import { inTurn } from "./in-turn.ts";
import { MAX_CONTENT_LENGTH, type Message } from "./message.ts";
import { type RoomEvent, roomTopic } from "./room-events.ts";
import type { Database } from "./store/database.ts";
import { isStorable } from "./store/storable.ts";
import { isoSeconds } from "./timestamp.ts";

/** How many messages a page of history has. */
export const PAGE_SIZE = 10;

/** A window of the history that is smaller than what is seen of it and a page at either end would load for ever. */
export const LEAST_LIMIT = 3 * PAGE_SIZE;

/** How many messages a search shows at most: the newest. */
export const MOST_FOUND = 50;

/** The messages of rooms: what is stored, and what is told to those who are there. */
export class Messages {
  readonly #database: Database;
  readonly #pubsub: Broadcaster<RoomEvent>;
  readonly #messageTimeMs: () => number;
  /** What changes a room is told in the order in which it was stored, on however many connections that is. */
  readonly #inTurn = inTurn<number>();

  /** @param options.messageTimeMs when a message is said to be written: milliseconds since the epoch. */
  constructor(options: {
    readonly database: Database;
    readonly pubsub: Broadcaster<RoomEvent>;
    readonly messageTimeMs: () => number;
  }) {
    this.#database = options.database;
    this.#pubsub = options.pubsub;
    this.#messageTimeMs = options.messageTimeMs;
  }

  /** The last messages of a room, oldest first. */
  last(roomId: number): Promise<Message[]> {
    return this.#page(roomId, Number.MAX_SAFE_INTEGER);
  }

  /** The page of messages before the one with that id, oldest first. */
  before(roomId: number, id: number): Promise<Message[]> {
    return this.#page(roomId, id);
  }

  /** The page of messages after the one with that id, oldest first. */
  async after(roomId: number, id: number): Promise<Message[]> {
    const rows = await this.#messages()
      .where("messages.room_id", "=", roomId)
      .where("messages.id", ">", id)
      .orderBy("messages.id")
      .limit(PAGE_SIZE)
      .execute();
    return rows.map(toMessage);
  }

  /** The last messages of a room that contain a text, oldest first; ASCII letters are found in either case. */
  async search(roomId: number, text: string): Promise<Message[]> {
    if (text.length > MAX_CONTENT_LENGTH || !isStorable(text)) return [];
    const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    const pattern = `%${lower.replaceAll(/[\\%_]/g, "\\$&")}%`;
    const rows = await this.#messages()
      .where("messages.room_id", "=", roomId)
      .where(sql<boolean>`lower(messages.content) like ${pattern} escape '\\'`)
      .orderBy("messages.id", "desc")
      .limit(MOST_FOUND)
      .execute();
    return rows.map(toMessage).reverse();
  }

  /** The last message of the room that the user wrote. */
  async lastOwn(roomId: number, user: User): Promise<Message | undefined> {
    const row = await this.#messages()
      .where("messages.room_id", "=", roomId)
      .where("messages.sender_id", "=", user.id)
      .orderBy("messages.id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row && toMessage(row);
  }

  /** A message of the room that the user wrote, if there is one of that id. */
  async own(roomId: number, user: User, id: number): Promise<Message | undefined> {
    const row = await this.#messages()
      .where("messages.id", "=", id)
      .where("messages.room_id", "=", roomId)
      .where("messages.sender_id", "=", user.id)
      .executeTakeFirst();
    return row && toMessage(row);
  }

  /** A message of the room; undefined where there is none of that id. */
  async find(roomId: number, id: number): Promise<Message | undefined> {
    const row = await this.#messages()
      .where("messages.id", "=", id)
      .where("messages.room_id", "=", roomId)
      .executeTakeFirst();
    return row && toMessage(row);
  }

  /** Writes a message and shows it to everybody in the room. @returns undefined where the room is closed. */
  create(roomId: number, sender: User, content: string): Promise<Message | undefined> {
    return this.#inTurn(roomId, () => this.#create(roomId, sender, content));
  }

  /** Changes the text of a message. One that is gone, or in a closed room, stays as it is, and nobody is told. */
  update(message: Message, content: string): Promise<void> {
    return this.#inTurn(message.roomId, () => this.#update(message, content));
  }

  /** Removes a message. Of one that is gone already nobody is told again. */
  delete(message: Message): Promise<void> {
    return this.#inTurn(message.roomId, () => this.#delete(message));
  }

  /** Runs an act after what was begun in a room before it, and before what is begun later. */
  protected inTurn<T>(roomId: number, act: () => Promise<T>): Promise<T> {
    return this.#inTurn(roomId, act);
  }

  async #create(roomId: number, sender: User, content: string): Promise<Message | undefined> {
    const insertedAt = isoSeconds(this.#messageTimeMs());
    const row = await this.#database
      .insertInto("messages")
      .columns(["room_id", "sender_id", "content", "inserted_at"])
      .expression((query) =>
        query
          .selectFrom("rooms")
          .select(({ ref, val }) => [
            ref("rooms.id").as("room_id"),
            val(sender.id).as("sender_id"),
            val(content).as("content"),
            val(insertedAt).as("inserted_at"),
          ])
          .where("rooms.id", "=", roomId)
          .where(isOpen("rooms.id")),
      )
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const message = {
      id: row.id,
      roomId,
      senderId: sender.id,
      senderName: sender.name,
      content,
      insertedAt,
      edited: false,
    };
    this.#tell({ kind: "message_created", message });
    return message;
  }

  async #update(message: Message, content: string): Promise<void> {
    const { numUpdatedRows } = await this.#database
      .updateTable("messages")
      .set({ content, edited: 1 })
      .where("id", "=", message.id)
      .where(isOpen("messages.room_id"))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    this.#tell({ kind: "message_updated", message: { ...message, content, edited: true } });
  }

  async #delete(message: Message): Promise<void> {
    const { numDeletedRows } = await this.#database
      .deleteFrom("messages")
      .where("id", "=", message.id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return;
    this.#tell({ kind: "message_deleted", message });
  }

  async #page(roomId: number, beforeId: number): Promise<Message[]> {
    const rows = await this.#messages()
      .where("messages.room_id", "=", roomId)
      .where("messages.id", "<", beforeId)
      .orderBy("messages.id", "desc")
      .limit(PAGE_SIZE)
      .execute();
    return rows.map(toMessage).reverse();
  }

  #tell(event: RoomEvent): void {
    this.#pubsub.broadcast(roomTopic(event.message.roomId), event);
  }

  #messages() {
    return this.#database
      .selectFrom("messages")
      .innerJoin("users", "users.id", "messages.sender_id")
      .select([
        "messages.id",
        "messages.room_id",
        "messages.sender_id",
        "users.name as sender_name",
        "messages.content",
        "messages.inserted_at",
        "messages.edited",
      ]);
  }
}

/** Whether something may be written in a room: not in a conversation that is closed. */
const isOpen = (roomId: "rooms.id" | "messages.room_id") =>
  sql<boolean>`not exists (select 1 from conversations where conversations.room_id = ${sql.ref(roomId)} and closed_at is not null)`;

interface MessageRow {
  readonly id: number;
  readonly room_id: number;
  readonly sender_id: number;
  readonly sender_name: string;
  readonly content: string;
  readonly inserted_at: string;
  readonly edited: number;
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    roomId: row.room_id,
    senderId: row.sender_id,
    senderName: row.sender_name,
    content: row.content,
    insertedAt: row.inserted_at,
    edited: row.edited === 1,
  };
}
