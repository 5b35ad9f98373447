import { z } from "zod";
import type { User } from "../../chat/accounts.ts";
import { displayTitle } from "../../chat/conversation.ts";
import type { MemberEvent } from "../../chat/conversation-events.ts";
import type { Socket } from "../../live/socket.ts";

/** The events by which the hook `Notifications` and the server talk. */
export const NOTIFY = "notify";
export const PERMISSION = "notification_permission";

/** Whether the browser may show notifications; `unknown` until it has said so. */
export type Permission = z.infer<typeof permissions>;
const permissions = z.enum(["default", "granted", "denied", "unsupported", "unknown"]);
const said = z.object({ permission: permissions });

const MAX_BODY_LENGTH = 120;

/** What the browser says that it may do; `unknown` where that is nothing. */
export function permissionIn(value: unknown): Permission {
  return said.safeParse(value).data?.permission ?? "unknown";
}

/** Where a conversation is read. */
export const conversationPath = (id: number): string => `/conversations/${id}`;

/**
 * Has the browser show a notification of a new conversation or of a message: never of one's own. Of a message in the
 * conversation that the page shows it is for the page to say whether anybody sees that.
 *
 * @param openId the conversation that the page shows; 0 for none.
 */
export function notify<A extends { readonly me: User }>(
  socket: Socket<A>,
  event: MemberEvent,
  openId: number,
): Socket<A> {
  const { me } = socket.assigns;
  const { conversation } = event;
  const about = { path: conversationPath(conversation.id), open: conversation.id === openId };
  switch (event.kind) {
    case "conversation_created": {
      if (conversation.ownerId === me.id) return socket;
      const owner = conversation.members.find(({ id }) => id === conversation.ownerId);
      return socket.pushEvent(NOTIFY, {
        ...about,
        tag: `conversation-${conversation.id}`,
        title: displayTitle(conversation, me),
        body: `${owner?.name ?? ""} has begun a conversation with you`,
      });
    }
    case "conversation_message": {
      const { message } = event;
      if (message.senderId === me.id) return socket;
      return socket.pushEvent(NOTIFY, {
        ...about,
        tag: `message-${message.id}`,
        title: displayTitle(conversation, me),
        body: `${message.senderName}: ${[...message.content].slice(0, MAX_BODY_LENGTH).join("")}`,
      });
    }
    case "conversation_closed":
      return socket;
    default:
      return event satisfies never;
  }
}
