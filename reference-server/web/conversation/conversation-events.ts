import { z } from "zod";
import { isEmoji } from "../../chat/annotations.ts";
import type { ClientEvent } from "../../live/view.ts";
import { chatEvent } from "../chat/chat-events.ts";
import { cancelEdit } from "../chat/writing.ts";
import type { ConversationParts, ConversationStep } from "./conversation-assigns.ts";

/** More than a page holds at once nobody sees at once. */
const MOST_SEEN = 100;

const id = z.coerce.number().int().positive();
const seen = z.object({ ids: z.array(id).max(MOST_SEEN) });
const reaction = z.object({ id, emoji: z.string().refine(isEmoji) });

/** What writes, or is about to: nobody does so in a closed conversation. */
const WRITING: ReadonlySet<string> = new Set(["send", "edit", "edit_last", "save_edit"]);

/** What an event of the page does: nothing where it is none of this page's. */
export function conversationEvent(parts: ConversationParts, event: ClientEvent): ConversationStep {
  return (socket) => {
    if (WRITING.has(event.name) && socket.assigns.conversation.closedAt !== null)
      return refuseWriting(socket);
    if (event.type === "form") return perform(chatEvent(parts, event))(socket);
    switch (event.name) {
      case "close_conversation":
        return close(parts)(socket);
      case "react":
        return react(parts, event.value)(socket);
      case "seen":
        return markSeen(parts, event.value)(socket);
      default:
        return perform(chatEvent(parts, event))(socket);
    }
  };
}

/** A step that knows less of the socket than there is to it. */
const perform =
  (step: ReturnType<typeof chatEvent>): ConversationStep =>
  async (socket) => {
    await step(socket);
    return socket;
  };

const refuseWriting: ConversationStep = (socket) => {
  cancelEdit(socket);
  return socket.putFlash("error", "This conversation is closed: nothing can be written here any more.");
};

/** Closes the conversation, if it is one's own. */
const close =
  ({ messages }: ConversationParts): ConversationStep =>
  async (socket) => {
    const { conversation, me } = socket.assigns;
    if (await messages.close(conversation.id, me)) return socket;
    return socket.putFlash("error", "Only its owner can close a conversation.");
  };

const react =
  ({ annotations }: ConversationParts, value: unknown): ConversationStep =>
  async (socket) => {
    const { conversation, me } = socket.assigns;
    const given = reaction.safeParse(value).data;
    if (given !== undefined) await annotations.toggleReaction(conversation.id, me, given.id, given.emoji);
    return socket;
  };

const markSeen =
  ({ annotations }: ConversationParts, value: unknown): ConversationStep =>
  async (socket) => {
    const { conversation, me } = socket.assigns;
    await annotations.markSeen(conversation.id, me, seen.safeParse(value).data?.ids ?? []);
    return socket;
  };
