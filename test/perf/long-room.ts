import type { Message } from "../../reference-server/chat/message.ts";
import { Messages, PAGE_SIZE } from "../../reference-server/chat/messages.ts";
import type { RoomEvent } from "../../reference-server/chat/room-events.ts";
import { Rooms } from "../../reference-server/chat/rooms.ts";
import { seedDatabase } from "../../reference-server/chat/seed.ts";
import { openDatabase } from "../../reference-server/chat/store/database.ts";
import type { Fault } from "../../reference-server/faults.ts";
import { Presence } from "../../reference-server/presence/presence.ts";
import { PubSub } from "../../reference-server/pubsub/pubsub.ts";
import type { PageMeta } from "../../reference-server/web/room/members.ts";
import { seededSession } from "../reference-server/chat/seeded-session.ts";

/** The room that is looked at, and the one who looks: he wrote none of its messages. */
export const ROOM_ID = 1;
const READER = "alice";

/** The id of the newest message; ids go down from here, all of one width. */
export const NEWEST_ID = 500_000;

/** Whose names and avatars are written in as many characters. */
const SENDERS = [
  { id: 2, name: "user-0002" },
  { id: 3, name: "user-0003" },
] as const;

/** A message of that id, as long as any other. */
export function messageOf(id: number, changed = false): Message {
  const { id: senderId, name: senderName } = SENDERS[id % SENDERS.length] ?? SENDERS[0];
  return {
    id,
    roomId: ROOM_ID,
    senderId,
    senderName,
    content: `${id} ${changed ? "delta" : "alpha"} basic dance early coral`,
    insertedAt: "2026-01-02T03:04:05Z",
    edited: changed,
  };
}

const messagesUpTo = (newestId: number, count: number): Message[] =>
  Array.from({ length: count }, (_, at) => messageOf(newestId - count + 1 + at));

/**
 * A room without a beginning, whose messages are made up as they are read. `nextPage` says how many the next page of
 * history has: a long history is loaded in one.
 */
export class LongRoom extends Messages {
  nextPage: number = PAGE_SIZE;

  override async last(): Promise<Message[]> {
    return messagesUpTo(NEWEST_ID, PAGE_SIZE);
  }

  override async before(_roomId: number, id: number): Promise<Message[]> {
    return messagesUpTo(id - 1, this.nextPage);
  }
}

/** What room pages need of a chat that has such a room. */
export async function longChat() {
  const database = await openDatabase(":memory:");
  await seedDatabase(database, { seed: 1, messagesPerRoom: 0 });
  const pubsub = new PubSub<RoomEvent>();
  const { sessions, token: readerToken } = await seededSession(database, READER);
  const messages = new LongRoom({ database, pubsub, messageTimeMs: () => 0 });
  return {
    pubsub,
    messages,
    rooms: new Rooms(database),
    sessions,
    presence: new Presence<PageMeta>({ pubsub: new PubSub(), replica: "only" }),
    readerToken,
    limit: null,
    faults: new Set<Fault>(),
    close: () => database.destroy(),
  };
}

/** See {@link longChat}. */
export type LongChat = Awaited<ReturnType<typeof longChat>>;
