import type { Conversation } from "../../chat/conversation.ts";
import type { ConversationEvent, MemberEvent } from "../../chat/conversation-events.ts";
import type { RoomEvent } from "../../chat/room-events.ts";
import { told } from "../chat/told.ts";
import { notify } from "../messenger/notifications.ts";
import type { ConversationParts, ConversationSocket, ConversationStep } from "./conversation-assigns.ts";

/** What is told to the page of a conversation. */
export type ToldConversation = RoomEvent | ConversationEvent | MemberEvent;

/** Shows what is told of the conversation, and of the others that one is a member of. */
export const toldConversation =
  (parts: ConversationParts, event: ToldConversation): ConversationStep =>
  async (socket) => {
    switch (event.kind) {
      case "message_created":
      case "message_updated":
      case "message_deleted":
        return showMessage(parts, event, socket);
      case "message_annotated":
        return showAnnotations(parts, event, socket);
      case "conversation_created":
        return notify(list(socket, event.conversation), event, socket.assigns.conversation.id);
      case "conversation_closed":
        return list(socket, event.conversation);
      case "conversation_message":
        return notify(socket, event, socket.assigns.conversation.id);
      default:
        return event satisfies never;
    }
  };

/** What is told of a message lacks what members have made of it. */
async function showMessage(
  { annotations, list }: ConversationParts,
  event: RoomEvent,
  socket: ConversationSocket,
): Promise<ConversationSocket> {
  const [message = event.message] = await annotations.annotate([event.message]);
  await told({ list }, { ...event, message })(socket);
  return socket;
}

/** Shows what members make of a message, where it is. Who has seen it is for its sender to know. */
async function showAnnotations(
  { messages, list }: ConversationParts,
  { by, messageId, senderId }: Extract<ConversationEvent, { kind: "message_annotated" }>,
  socket: ConversationSocket,
): Promise<ConversationSocket> {
  const { conversation, me } = socket.assigns;
  if (by === "seen" && senderId !== me.id) return socket;
  const message = await messages.find(conversation.id, messageId);
  if (message !== undefined) list.update(socket, message);
  return socket;
}

/** Lists a conversation as it is now: a new one first. */
function list(socket: ConversationSocket, changed: Conversation): ConversationSocket {
  const { conversation, conversations } = socket.assigns;
  const isKnown = conversations.some(({ id }) => id === changed.id);
  return socket.assign({
    conversations: isKnown
      ? conversations.map((known) => (known.id === changed.id ? changed : known))
      : [changed, ...conversations],
    conversation: conversation.id === changed.id ? changed : conversation,
  });
}
