import type { Message } from "../../chat/message.ts";
import { expr } from "../../live/expression.ts";
import { attr, each, html, when } from "../../live/template.ts";
import type { ListAssigns, ListMode, ListSocket } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";
import { messageDomId } from "./message-element.ts";

/** Has the next render add these at one end, or change those that are on the page. */
function add(
  socket: ListSocket,
  messages: readonly Message[],
  { at = "append", deleted = false }: { at?: ListAssigns["addAt"]; deleted?: boolean } = {},
): void {
  socket.assign({ addAt: at, entries: messages.map((message) => ({ message, deleted })) });
}

/** Only what is not older than the oldest on the page can be on it: anything else would be added at the end. */
const mayBeShown = (socket: ListSocket, { id }: Message): boolean => id >= socket.assigns.oldestId;

/**
 * The list as it was kept before there were streams: in temporary assigns, in a container whose children the client
 * keeps (`phx-update="append"`). Such a container can neither take an element away nor be told where to put one, so the
 * page works round it as people did: a deleted message leaves an empty, hidden element behind, and for a page of history
 * the container becomes one that prepends.
 */
export const appendMode: ListMode = {
  replaces: false,
  show: (socket, messages) => {
    socket.temporary({ entries: [] });
    add(socket, messages);
  },
  insert: (socket, message) => add(socket, [message]),
  update: (socket, message) => {
    if (mayBeShown(socket, message)) add(socket, [message]);
  },
  remove: (socket, message) => {
    if (mayBeShown(socket, message)) add(socket, [message], { deleted: true });
  },
  prepend: (socket, messages) => add(socket, messages, { at: "prepend" }),
  render: (
    { entries, addAt },
    me,
    details = messageDetails,
  ) => html`<div id="messages"${attr("phx-update", addAt)} phx-hook="Hover">
      ${each(
        entries,
        ({
          message,
          deleted,
        }) => html`<article${attr("id", expr(message.id, messageDomId))} class="message"${attr("hidden", deleted)}>
        ${when(
          expr(deleted, (isDeleted) => !isDeleted),
          details({ message, me }),
        )}
      </article>`,
      )}
    </div>`,
};
