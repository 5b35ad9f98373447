import { expr } from "../../live/expression.ts";
import { attr, each, html } from "../../live/template.ts";
import type { ListMode } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";

/** The list in assigns, tracked by index: the view holds every message on the page. */
export const statefulMode: ListMode = {
  mount: (socket, messages) => socket.assign({ messages }),
  insert: (socket, message) =>
    socket.assign({
      messages: socket.assigns.messages.some((known) => known.id === message.id)
        ? socket.assigns.messages
        : [...socket.assigns.messages, message],
    }),
  update: (socket, message) =>
    socket.assign({
      messages: socket.assigns.messages.map((known) => (known.id === message.id ? message : known)),
    }),
  remove: (socket, message) =>
    socket.assign({ messages: socket.assigns.messages.filter((known) => known.id !== message.id) }),
  prepend: (socket, messages) => socket.assign({ messages: [...messages, ...socket.assigns.messages] }),
  render: ({ messages }, me) => html`<div id="messages">
      ${each(
        messages,
        (message) => html`<article${attr(
          "id",
          expr(message.id, (id) => `messages-${id}`),
        )} class="message">
        ${messageDetails({ message, me })}
      </article>`,
      )}
    </div>`,
};
