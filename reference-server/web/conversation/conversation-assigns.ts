import type { Conversation } from "../../chat/conversation.ts";
import type { ConversationMessages } from "../../chat/conversation-messages.ts";
import type { Conversations } from "../../chat/conversations.ts";
import type { MessageAnnotations } from "../../chat/message-annotations.ts";
import type { Sessions } from "../../chat/sessions.ts";
import type { Step } from "../../live/pipeline.ts";
import type { Socket } from "../../live/socket.ts";
import type { ChatAssigns, ChatParts } from "../chat/chat-assigns.ts";
import type { ModeName } from "../chat/modes.ts";

/** What the page of a conversation holds. */
export interface ConversationAssigns extends ChatAssigns {
  readonly mode: ModeName;
  readonly conversation: Conversation;
  /** All of one's own, newest first. */
  readonly conversations: readonly Conversation[];
  /** What stands in front of `/conversations/1` in the page's address. */
  readonly prefix: string;
}

/** The state of such a page. */
export type ConversationSocket = Socket<ConversationAssigns>;

/** One purpose of such a page. */
export type ConversationStep = Step<ConversationSocket>;

/** What the pages of conversations need of the chat. */
export interface ConversationContext {
  readonly annotations: MessageAnnotations;
  readonly conversations: Conversations;
  readonly messages: ConversationMessages;
  readonly sessions: Sessions;
}

/** What the page is made with in one rendering mode. */
export interface ConversationParts extends ChatParts, ConversationContext {
  readonly messages: ConversationMessages;
}
