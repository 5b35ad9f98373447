import type { User } from "../../chat/accounts.ts";
import type { Annotations, Sight } from "../../chat/annotations.ts";
import type { Message } from "../../chat/message.ts";
import { expr, type Ref } from "../../live/expression.ts";
import { attr, component, each, html, when } from "../../live/template.ts";
import { messageDetails } from "../chat/message-details.ts";

/** In a conversation every message has them. */
const annotationsOf = ({ annotations }: Ref<Message>) =>
  annotations as Ref<Annotations | undefined> as Ref<Annotations>;

/**
 * A message of a conversation within its element: as in a room, and below that the reactions to it, for its sender who has
 * seen it, and for anybody else, until he has, a mark at its end by which the page notices that it is displayed.
 */
export const annotatedDetails = component<{ message: Message; me: User }>(
  ({ message, me }) => html`${messageDetails({ message, me })}
<div class="reactions" role="group" aria-label="Reactions">${each(
    annotationsOf(message).reactions,
    ({ emoji, userIds }) =>
      html`<button type="button" class="reaction" phx-click="react"${attr("phx-value-id", message.id)}${attr("phx-value-emoji", emoji)}${attr(
        "data-count",
        expr(userIds, (ids) => ids.length),
      )}${attr(
        "aria-pressed",
        expr(userIds, me.id, (ids, myId) => String(ids.includes(myId))),
      )}>${emoji}${expr(userIds, (ids) => (ids.length === 0 ? "" : ` ${ids.length}`))}</button>`,
  )}</div>
${when(
  expr(message.senderId, me.id, annotationsOf(message).seenBy, (senderId, myId, seenBy) =>
    senderId === myId && seenBy.length > 0 ? seenText(seenBy) : null,
  ),
  (text) => html`<p class="seen">${text}</p>`,
)}${when(
  expr(
    message.senderId,
    me.id,
    annotationsOf(message).seenBy,
    (senderId, myId, seenBy) => senderId !== myId && !seenBy.some(({ userId }) => userId === myId),
  ),
  html`<i class="unseen"${attr("data-unseen", message.id)}></i>`,
)}`,
);

/** `Seen by bob, 12:03; carla, 12:05`. */
function seenText(seenBy: readonly Sight[]): string {
  return `Seen by ${seenBy.map(({ name, seenAt }) => `${name}, ${seenAt.slice(11, 16)}`).join("; ")}`;
}
