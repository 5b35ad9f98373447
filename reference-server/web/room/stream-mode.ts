import type { Message } from "../../chat/message.ts";
import { attr, each, html } from "../../live/template.ts";
import type { ListMode, ListSocket } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";

/**
 * The list as a stream: after each render the view holds no message.
 *
 * With a limit, a new message pushes the oldest ones out that are beyond it. A page of history may go beyond it, until
 * then. To know where history goes on, the view keeps the ids of what is on the page.
 */
export const streamMode: ListMode = {
  mount(socket, messages) {
    socket.stream("messages", messages, pruning(socket));
    keepWindow(socket, idsOf(messages));
  },
  insert(socket, message) {
    socket.streamInsert("messages", message, pruning(socket));
    const { limit, window } = socket.assigns;
    if (limit === null || window.includes(message.id)) return;
    const all = [...window, message.id];
    keepWindow(socket, all.slice(-limit));
    if (all.length > limit) socket.assign({ hasOlder: true });
  },
  // A message that is not on the page must not come back at its end.
  update: (socket, message) => socket.streamInsert("messages", message, { updateOnly: true }),
  remove(socket, message) {
    socket.streamDelete("messages", message);
    keepWindow(
      socket,
      socket.assigns.window.filter((id) => id !== message.id),
    );
  },
  prepend(socket, messages) {
    // Each insert goes to the front in turn, so the newest of the page goes first.
    socket.stream("messages", messages.toReversed(), { at: 0 });
    keepWindow(socket, [...idsOf(messages), ...socket.assigns.window]);
  },
  render: ({ streams }, me) => html`<div id="messages" phx-update="stream">
      ${each(
        streams.messages,
        ({ domId, item }) => html`<article${attr("id", domId)} class="message">
        ${messageDetails({ message: item, me })}
      </article>`,
      )}
    </div>`,
};

const idsOf = (messages: readonly Message[]): number[] => messages.map(({ id }) => id);

/** A negative limit prunes from the front. */
function pruning({ assigns: { limit } }: ListSocket): { readonly limit?: number } {
  return limit === null ? {} : { limit: -limit };
}

function keepWindow(socket: ListSocket, window: readonly number[]): void {
  if (socket.assigns.limit === null) return;
  socket.assign({ window, oldestId: window[0] ?? socket.assigns.oldestId });
}
