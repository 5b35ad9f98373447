import { z } from "zod";
import { displayTitle } from "../../chat/conversation.ts";
import { memberTopic } from "../../chat/conversation-events.ts";
import { enterRoom } from "../chat/reading.ts";
import type { ConversationContext, ConversationSocket, ConversationStep } from "./conversation-assigns.ts";

const conversationId = z.coerce.number().int().positive();

/** Goes into the conversation of the address, if whoever is logged in is a member of it. */
export const enterConversation =
  ({ conversations }: ConversationContext, id: unknown): ConversationStep =>
  async (socket) => {
    const { me } = socket.assigns;
    const named = conversationId.safeParse(id);
    const conversation = named.success ? await conversations.find(named.data, me) : undefined;
    if (conversation === undefined) return turnAway(socket);
    enterRoom({ id: conversation.id, name: displayTitle(conversation, me) })(socket);
    return socket.assign({ conversation });
  };

/** One's conversations. What is made while they are read is told afterwards, and may then be among them. */
export const listConversations =
  ({ conversations }: ConversationContext): ConversationStep =>
  async (socket) => {
    const { me } = socket.assigns;
    return socket.subscribe(memberTopic(me.id)).assign({ conversations: await conversations.forMember(me) });
  };

/** Sees whether one is a member still, and whether the conversation is open: before whatever one does. */
export const checkMembership =
  ({ conversations }: ConversationContext): ConversationStep =>
  async (socket) => {
    const conversation = await conversations.find(socket.assigns.room.id, socket.assigns.me);
    return conversation === undefined ? turnAway(socket) : socket.assign({ conversation });
  };

/** Whoever is no member learns what he learns where there is none. */
function turnAway(socket: ConversationSocket): ConversationSocket {
  return socket.putFlash("error", "There is no such conversation.").redirect({ to: "/" });
}
