import { z } from "zod";
import type { Message } from "../../chat/message.ts";
import { PAGE_SIZE } from "../../chat/messages.ts";
import { roomTopic } from "../../chat/room-events.ts";
import type { Room } from "../../chat/rooms.ts";
import { type ChatParts, type ChatStep, NEW_CHAT } from "./chat-assigns.ts";
import { markerId, NO_MESSAGE } from "./history-marker.ts";
import { newerId } from "./newer-marker.ts";

/** The DOM id of the marker when the reader came to it. */
const marker = z.object({ id: z.string() });

/** Goes into a room, out of the one that the page was at. */
export const enterRoom =
  (room: Room): ChatStep =>
  (socket) => {
    const left: Room | undefined = socket.assigns.room;
    if (left !== undefined) socket.unsubscribe(roomTopic(left.id));
    // What is written while the messages are read is told afterwards, and may then be among them.
    return socket.subscribe(roomTopic(room.id)).assign({ ...NEW_CHAT, room, pageTitle: room.name });
  };

/** Shows the end of the room. */
export const showLast =
  ({ messages, list }: ChatParts): ChatStep =>
  async (socket) => {
    const last = await messages.last(socket.assigns.room.id);
    socket.assign({ ...historyFrom(last), hasNewer: false, search: "" });
    list.show(socket, last);
    return socket;
  };

/** Puts a page of history in front, unless the page that was asked for is there already. */
export const showOlder =
  ({ messages, list }: ChatParts, value: unknown): ChatStep =>
  async (socket) => {
    const { oldestId, search } = socket.assigns;
    if (search !== "" || marker.parse(value).id !== markerId(oldestId)) return socket;
    const page = await messages.before(socket.assigns.room.id, oldestId);
    socket.assign(historyFrom(page, oldestId));
    if (page.length > 0) list.prepend(socket, page);
    return socket;
  };

/** Puts a page of what is newer behind a window of the history. */
export const showNewer =
  ({ messages, list }: ChatParts, value: unknown): ChatStep =>
  async (socket) => {
    const { window, hasNewer } = socket.assigns;
    const newestId = window.at(-1);
    if (!hasNewer || marker.parse(value).id !== newerId(newestId ?? 0)) return socket;
    // All of the window was deleted: nothing says any more where it was.
    if (newestId === undefined) return showLast({ messages, list })(socket);
    const page = await messages.after(socket.assigns.room.id, newestId);
    socket.assign({ hasNewer: page.length === PAGE_SIZE });
    list.append?.(socket, page);
    return socket;
  };

/** The longest text that is looked for, in UTF-16 code units: the page's field takes no more. */
export const MAX_SEARCH_LENGTH = 200;

/**
 * Shows what is found in the room in place of its end; nothing looked for is its end again. Of a text that is longer than
 * the page's field takes only the beginning is looked for, so that no database has to match a megabyte.
 */
export const search =
  (parts: ChatParts, given: string): ChatStep =>
  async (socket) => {
    const text = given.slice(0, MAX_SEARCH_LENGTH).toWellFormed().trim();
    if (!parts.list.replaces || text === socket.assigns.search) return socket;
    if (text === "") return showLast(parts)(socket);
    const found = await parts.messages.search(socket.assigns.room.id, text);
    socket.assign({ search: text, ...historyFrom(found), hasOlder: false, hasNewer: false });
    parts.list.show(socket, found);
    return socket;
  };

/** Where history goes on before these messages: there is more where the page was full. */
function historyFrom(messages: readonly Message[], oldestSoFar = NO_MESSAGE) {
  return {
    hasOlder: messages.length === PAGE_SIZE,
    oldestId: Math.min(oldestSoFar, ...messages.map((message) => message.id)),
  };
}
