import { randomUUID } from "node:crypto";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import type { User } from "./accounts.ts";
import { Contacts } from "./contacts.ts";
import { type Conversation, conversationTitle, MAX_MEMBERS, MIN_MEMBERS } from "./conversation.ts";
import { type ConversationEvent, type MemberEvent, memberTopic } from "./conversation-events.ts";
import type { Message } from "./message.ts";
import { roomTopic } from "./room-events.ts";
import type { Database } from "./store/database.ts";
import { isoSeconds } from "./timestamp.ts";

/** What a conversation is made of. None of it is trusted. */
export interface NewConversation {
  /** Blank for none. */
  readonly title: string;
  /** Who is to be in it beside its owner. An id counts once, and so does the owner's own. */
  readonly memberIds: readonly number[];
}

/** Whether a conversation was made; where not, why, as a sentence. */
export type Creation =
  | { readonly kind: "created"; readonly conversation: Conversation }
  | { readonly kind: "refused"; readonly problem: string };

/** Conversations: who is in them, and what is told to these. Nobody else learns that there is one. */
export class Conversations {
  readonly #database: Database;
  readonly #pubsub: Broadcaster<MemberEvent | ConversationEvent>;
  readonly #nowMs: () => number;

  constructor(options: {
    readonly database: Database;
    readonly pubsub: Broadcaster<MemberEvent | ConversationEvent>;
    /** Milliseconds since the epoch. */
    readonly nowMs: () => number;
  }) {
    this.#database = options.database;
    this.#pubsub = options.pubsub;
    this.#nowMs = options.nowMs;
  }

  /** Makes a conversation and tells its members, the owner among them. */
  async create(owner: User, { title, memberIds }: NewConversation): Promise<Creation> {
    const named = conversationTitle.safeParse(title);
    if (!named.success) return refused(named.error.issues[0]?.message ?? "the title cannot be used");
    const ids = [...new Set([owner.id, ...memberIds])];
    if (ids.length < MIN_MEMBERS) return refused("a conversation has at least two members");
    if (ids.length > MAX_MEMBERS) return refused(`a conversation has at most ${MAX_MEMBERS} members`);
    const conversation = await this.#database.transaction().execute(async (database) => {
      const members = await new Contacts(database).withIds(ids);
      if (members.length < ids.length) return undefined;
      return insert(database, { title: named.data, ownerId: owner.id, members });
    });
    if (conversation === undefined) return refused("somebody of these has no account any more");
    this.#tellMembers({ kind: "conversation_created", conversation });
    return { kind: "created", conversation };
  }

  /**
   * Closes a conversation for good and tells everybody in it: from then on nothing is written there.
   *
   * @returns whether it is closed: not by somebody who does not own it.
   */
  async close(id: number, owner: User): Promise<boolean> {
    const conversation = await this.find(id, owner);
    if (conversation === undefined || conversation.ownerId !== owner.id) return false;
    const closedAt = isoSeconds(this.#nowMs());
    const { numUpdatedRows } = await this.#database
      .updateTable("conversations")
      .set({ closed_at: closedAt })
      .where("room_id", "=", id)
      .where("closed_at", "is", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return true;
    const event = { kind: "conversation_closed", conversation: { ...conversation, closedAt } } as const;
    this.#pubsub.broadcast(roomTopic(id), event);
    this.#tellMembers(event);
    return true;
  }

  /** Tells the members of a conversation, its sender among them, of a message in it. */
  async announce(message: Message): Promise<void> {
    const conversation = await this.find(message.roomId, { id: message.senderId });
    if (conversation !== undefined)
      this.#tellMembers({ kind: "conversation_message", conversation, message });
  }

  /** All that somebody is a member of, newest first. */
  async forMember(user: Pick<User, "id">): Promise<Conversation[]> {
    const rows = await this.#rows(user).orderBy("conversations.room_id", "desc").execute();
    return this.#withMembers(rows);
  }

  /** A conversation of somebody's; undefined where he is no member, as where there is none. */
  async find(id: number, user: Pick<User, "id">): Promise<Conversation | undefined> {
    const rows = await this.#rows(user).where("conversations.room_id", "=", id).execute();
    return (await this.#withMembers(rows))[0];
  }

  #rows(user: Pick<User, "id">) {
    return this.#database
      .selectFrom("conversations")
      .innerJoin("members", "members.conversation_id", "conversations.room_id")
      .where("members.user_id", "=", user.id)
      .select([
        "conversations.room_id as id",
        "conversations.title",
        "conversations.owner_id as ownerId",
        "conversations.closed_at as closedAt",
      ]);
  }

  async #withMembers(rows: readonly Omit<Conversation, "members">[]): Promise<Conversation[]> {
    if (rows.length === 0) return [];
    const members = await this.#database
      .selectFrom("members")
      .innerJoin("users", "users.id", "members.user_id")
      .select(["members.conversation_id", "users.id", "users.name"])
      .where(
        "members.conversation_id",
        "in",
        rows.map(({ id }) => id),
      )
      .orderBy("users.id")
      .execute();
    const byConversation = Map.groupBy(members, (member) => member.conversation_id);
    return rows.map((row) => ({
      ...row,
      members: (byConversation.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
    }));
  }

  #tellMembers(event: MemberEvent): void {
    for (const { id } of event.conversation.members) this.#pubsub.broadcast(memberTopic(id), event);
  }
}

const refused = (problem: string): Creation => ({ kind: "refused", problem });

async function insert(
  database: Pick<Database, "insertInto">,
  { title, ownerId, members }: Omit<Conversation, "id" | "closedAt">,
): Promise<Conversation> {
  const { id } = await database
    .insertInto("rooms")
    .values({ name: `conversation ${randomUUID()}` })
    .returning("id")
    .executeTakeFirstOrThrow();
  await database
    .insertInto("members")
    .values(members.map((member) => ({ conversation_id: id, user_id: member.id })))
    .execute();
  await database.insertInto("conversations").values({ room_id: id, title, owner_id: ownerId }).execute();
  return { id, title, ownerId, closedAt: null, members: members.toSorted((a, b) => a.id - b.id) };
}
