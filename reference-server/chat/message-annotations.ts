import type { Broadcaster } from "../pubsub/pubsub.ts";
import type { User } from "./accounts.ts";
import { EMOJI, type Emoji } from "./annotations.ts";
import type { ConversationEvent } from "./conversation-events.ts";
import type { Message } from "./message.ts";
import { roomTopic } from "./room-events.ts";
import type { Database } from "./store/database.ts";
import { isoSeconds } from "./timestamp.ts";

/** What members make of messages: that they have seen them, and how they react. */
export class MessageAnnotations {
  readonly #database: Database;
  readonly #pubsub: Broadcaster<ConversationEvent>;
  readonly #nowMs: () => number;

  constructor(options: {
    readonly database: Database;
    readonly pubsub: Broadcaster<ConversationEvent>;
    /** Milliseconds since the epoch. */
    readonly nowMs: () => number;
  }) {
    this.#database = options.database;
    this.#pubsub = options.pubsub;
    this.#nowMs = options.nowMs;
  }

  /** Notes that a member has seen messages of a conversation: each the first time only, and never his own. */
  async markSeen(conversationId: number, user: User, messageIds: readonly number[]): Promise<void> {
    if (messageIds.length === 0) return;
    const unseen = await this.#database
      .selectFrom("messages")
      .select(["id", "sender_id"])
      .where("room_id", "=", conversationId)
      .where("id", "in", [...new Set(messageIds)])
      .where("sender_id", "!=", user.id)
      .orderBy("id")
      .execute();
    const seenAt = isoSeconds(this.#nowMs());
    for (const { id, sender_id } of unseen) {
      const { numInsertedOrUpdatedRows } = await this.#database
        .insertInto("seen")
        .columns(["message_id", "user_id", "seen_at"])
        // From the message, which may be deleted meanwhile.
        .expression((query) =>
          query
            .selectFrom("messages")
            .select(({ ref, val }) => [
              ref("messages.id").as("message_id"),
              val(user.id).as("user_id"),
              val(seenAt).as("seen_at"),
            ])
            .where("messages.id", "=", id),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) continue;
      this.#tell(conversationId, { by: "seen", messageId: id, senderId: sender_id });
    }
  }

  /** Adds a member's reaction to a message of a conversation, or takes it away where it is there. */
  async toggleReaction(conversationId: number, user: User, messageId: number, emoji: Emoji): Promise<void> {
    const message = await this.#database
      .selectFrom("messages")
      .select("sender_id")
      .where("room_id", "=", conversationId)
      .where("id", "=", messageId)
      .executeTakeFirst();
    if (message === undefined) return;
    const { numDeletedRows } = await this.#database
      .deleteFrom("reactions")
      .where("message_id", "=", messageId)
      .where("user_id", "=", user.id)
      .where("emoji", "=", emoji)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) await this.#react(user, messageId, emoji);
    this.#tell(conversationId, { by: "reaction", messageId, senderId: message.sender_id });
  }

  /** Messages with what is known of them, in their order. */
  async annotate(messages: readonly Message[]): Promise<Message[]> {
    if (messages.length === 0) return [];
    const ids = messages.map(({ id }) => id);
    const seen = await this.#database
      .selectFrom("seen")
      .innerJoin("users", "users.id", "seen.user_id")
      .select(["seen.message_id as messageId", "users.id as userId", "users.name", "seen.seen_at as seenAt"])
      .where("seen.message_id", "in", ids)
      .orderBy("seen.seen_at")
      .orderBy("users.id")
      .execute();
    const reactions = await this.#database
      .selectFrom("reactions")
      .select(["message_id as messageId", "user_id as userId", "emoji"])
      .where("message_id", "in", ids)
      .orderBy("user_id")
      .execute();
    const seenOf = Map.groupBy(seen, ({ messageId }) => messageId);
    const reactionsTo = Map.groupBy(reactions, ({ messageId }) => messageId);
    return messages.map((message) => {
      const seenBy = (seenOf.get(message.id) ?? []).map(({ messageId: _, ...sight }) => sight);
      const given = reactionsTo.get(message.id) ?? [];
      const reactions = EMOJI.map((emoji) => ({
        emoji,
        userIds: given.filter((reaction) => reaction.emoji === emoji).map(({ userId }) => userId),
      }));
      return { ...message, annotations: { seenBy, reactions } };
    });
  }

  /** Source of the message as in {@link markSeen}. */
  async #react(user: User, messageId: number, emoji: Emoji): Promise<void> {
    await this.#database
      .insertInto("reactions")
      .columns(["message_id", "user_id", "emoji"])
      .expression((query) =>
        query
          .selectFrom("messages")
          .select(({ ref, val }) => [
            ref("messages.id").as("message_id"),
            val(user.id).as("user_id"),
            val<string>(emoji).as("emoji"),
          ])
          .where("messages.id", "=", messageId),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  #tell(
    conversationId: number,
    what: Omit<Extract<ConversationEvent, { kind: "message_annotated" }>, "kind">,
  ): void {
    this.#pubsub.broadcast(roomTopic(conversationId), { kind: "message_annotated", ...what });
  }
}
