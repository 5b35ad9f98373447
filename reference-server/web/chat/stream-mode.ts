import type { Message } from "../../chat/message.ts";
import type { Ref, Refs } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import type { StreamEntry } from "../../live/stream.ts";
import { attr, each, html } from "../../live/template.ts";
import type { ListAssigns, ListMode, ListSocket } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";
import { newerMarker } from "./newer-marker.ts";

/**
 * The list as a stream: after each render the view holds no message.
 *
 * With a limit, the page is a window of the history: what comes in at one end pushes out at the other what is beyond the
 * limit. To know where to read on, the view keeps the ids of what is on the page.
 */
export const streamMode: ListMode = {
  replaces: true,
  show(socket, messages) {
    socket.stream("messages", messages, { ...pruned(socket, "front"), reset: true });
    keepWindow(socket, idsOf(messages));
  },
  insert(socket, message) {
    const { hasNewer, window } = socket.assigns;
    // What stands between the window and its place is not on the page either: it comes when the reader goes there.
    if (hasNewer) return;
    socket.streamInsert("messages", message, pruned(socket, "front"));
    if (!window.includes(message.id)) pushOutOlder(socket, [...window, message.id]);
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
    socket.stream("messages", messages.toReversed(), { at: 0, ...pruned(socket, "back") });
    const { limit, window } = socket.assigns;
    const all = [...idsOf(messages), ...window];
    keepWindow(socket, all.slice(0, limit ?? undefined));
    if (limit !== null && all.length > limit) socket.assign({ hasNewer: true });
  },
  append(socket, messages) {
    socket.stream("messages", messages, pruned(socket, "front"));
    pushOutOlder(socket, [...socket.assigns.window, ...idsOf(messages)]);
  },
  render: (assigns, me, details = messageDetails) =>
    streamContainer(
      assigns,
      ({ domId, item }) => html`<article${attr("id", domId)} class="message">
        ${details({ message: item, me })}
      </article>`,
    ),
};

/** The container of a stream of messages, with what stands behind it while newer ones have been pruned. */
export const streamContainer = (
  { streams, hasNewer, window }: Refs<ListAssigns>,
  entry: (entry: Ref<StreamEntry<Message>>) => Template,
): Template => html`<div id="messages" phx-update="stream" phx-hook="Hover">
      ${each(streams.messages, entry)}
    </div>${newerMarker(hasNewer, window)}`;

const idsOf = (messages: readonly Message[]): number[] => messages.map(({ id }) => id);

/** A negative limit prunes from the front, a positive one from the back. */
function pruned({ assigns: { limit } }: ListSocket, end: "front" | "back"): { readonly limit?: number } {
  return limit === null ? {} : { limit: end === "front" ? -limit : limit };
}

function pushOutOlder(socket: ListSocket, all: readonly number[]): void {
  const { limit } = socket.assigns;
  if (limit === null) return;
  keepWindow(socket, all.slice(-limit));
  if (all.length > limit) socket.assign({ hasOlder: true });
}

function keepWindow(socket: ListSocket, window: readonly number[]): void {
  if (socket.assigns.limit === null) return;
  socket.assign({ window, oldestId: window[0] ?? socket.assigns.oldestId });
}
