import { attr, each, html } from "../../live/template.ts";
import type { ListMode } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";

/** The list as a stream: after each render the view holds no message. */
export const streamMode: ListMode = {
  mount: (socket, messages) => socket.stream("messages", messages),
  insert: (socket, message) => socket.streamInsert("messages", message),
  // A message that is not on the page must not come back at its end.
  update: (socket, message) => socket.streamInsert("messages", message, { updateOnly: true }),
  remove: (socket, message) => socket.streamDelete("messages", message),
  // Each insert goes to the front in turn, so the newest of the page goes first.
  prepend: (socket, messages) => socket.stream("messages", messages.toReversed(), { at: 0 }),
  render: ({ streams }, me) => html`<div id="messages" phx-update="stream">
      ${each(
        streams.messages,
        ({ domId, item }) => html`<article${attr("id", domId)} class="message">
        ${messageDetails({ message: item, me })}
      </article>`,
      )}
    </div>`,
};
