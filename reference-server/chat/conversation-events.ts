import type { Conversation } from "./conversation.ts";
import type { Message } from "./message.ts";

/** What is broadcast to a member of conversations, wherever he is. */
export type MemberEvent =
  | { readonly kind: "conversation_created"; readonly conversation: Conversation }
  | { readonly kind: "conversation_closed"; readonly conversation: Conversation }
  | {
      readonly kind: "conversation_message";
      readonly conversation: Conversation;
      readonly message: Message;
    };

/** What is broadcast to those who have a conversation open, beside what happens in any room. */
export type ConversationEvent =
  | Extract<MemberEvent, { kind: "conversation_closed" }>
  /** Somebody has seen a message, or reacted to it: what of that is shown is read from the database. */
  | {
      readonly kind: "message_annotated";
      readonly by: "seen" | "reaction";
      readonly messageId: number;
      readonly senderId: number;
    };

/** The topic of a member's conversations. */
export const memberTopic = (userId: number): string => `user:${userId}:conversations`;
