import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import { expr } from "../../live/expression.ts";
import { JS } from "../../live/js.ts";
import { attr, component, html, when } from "../../live/template.ts";
import { avatarStyle, initialOf } from "../avatar.ts";

/** A message within its element: who, when, what, and for its sender the buttons to change and delete it. */
export const messageDetails = component<{ message: Message; me: User }>(
  ({ message, me }) => html`
<span class="avatar"${attr("style", expr(message.senderName, avatarStyle))} aria-hidden="true">${expr(message.senderName, initialOf)}</span>
<header><span class="sender">${message.senderName}</span> <time${attr("datetime", message.insertedAt)}>${expr(message.insertedAt, minutes)}</time>${when(
    message.edited,
    html` <span class="edited">(edited)</span>`,
  )}</header>
<p class="content">${message.content}</p>
${when(
  expr(message.senderId, me.id, (senderId, myId) => senderId === myId),
  html`<div class="actions">
  <button type="button" class="edit"${attr(
    "phx-click",
    expr(message.id, (id) => String(JS.push("edit", { value: { id } }))),
  )}>Edit</button>
  <button type="button" class="delete" phx-click="delete"${attr("phx-value-id", message.id)}>Delete</button>
</div>`,
)}`,
);

/** `2024-01-01T08:30:00Z` as `2024-01-01 08:30`. */
function minutes(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
