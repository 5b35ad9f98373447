import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import { faultyList } from "../../../reference-server/faults/faulty-list.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import { statefulMode } from "../../../reference-server/web/chat/assign-mode.ts";
import type { ListAssigns, ListMode } from "../../../reference-server/web/chat/list-mode.ts";
import { streamMode } from "../../../reference-server/web/chat/stream-mode.ts";

const messageOf = (id: number, content = "as it was"): Message => ({
  id,
  roomId: 1,
  senderId: 2,
  senderName: "bob",
  content,
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
});
const messagesOf = (...ids: number[]) => ids.map((id) => messageOf(id));

/** A page with the messages 3, 4 and 5, as the mode whose assigns tell what is on it has it. */
function page(faults: readonly Fault[], connectParams = {}) {
  const list: ListMode = faultyList(statefulMode, new Set(faults));
  const socket = new Socket<ListAssigns>({
    connected: true,
    connectParams,
    subscribe: () => {},
    unsubscribe: () => {},
  });
  socket.assign({ messages: [], limit: null, window: [], hasNewer: false, oldestId: 1 });
  list.show(socket, messagesOf(3, 4, 5));
  const shown = () =>
    socket.assigns.messages.map(({ id, content }) =>
      content === "as it was" ? `${id}` : `${id} ${content}`,
    );
  return { list, socket, shown };
}

test("a list without a fault that concerns it is itself", () => {
  expect(faultyList(streamMode, new Set(["drop-delete"]))).toBe(streamMode);
});

const ACTS: Readonly<Record<string, (of: ReturnType<typeof page>) => void>> = {
  "delete 4": ({ list, socket }) => list.remove(socket, messageOf(4)),
  "delete 3": ({ list, socket }) => list.remove(socket, messageOf(3)),
  "delete 9": ({ list, socket }) => list.remove(socket, messageOf(9)),
  "edit 4": ({ list, socket }) => list.update(socket, messageOf(4, "new")),
  "edit 1": ({ list, socket }) => list.update(socket, messageOf(1, "new")),
  "insert 6": ({ list, socket }) => list.insert(socket, messageOf(6)),
  "a page": ({ list, socket }) => list.prepend(socket, messagesOf(1, 2)),
  "another room": ({ list, socket }) => list.show(socket, messagesOf(7, 8)),
};

test.each<[Fault, act: string, healthy: string, faulty: string]>([
  ["delete-by-position", "delete 4", "3 5", "4 5"],
  ["delete-by-position", "delete 3", "4 5", "3 4"],
  ["delete-by-position", "delete 9", "3 4 5", "3 4 5"],
  ["move-edit", "edit 4", "3 4 new 5", "3 5 4 new"],
  ["move-edit", "edit 1", "3 4 5", "3 4 5"],
  ["append-absent-edit", "edit 4", "3 4 new 5", "3 4 new 5"],
  ["append-absent-edit", "edit 1", "3 4 5", "3 4 5 1 new"],
  ["repeat-page", "a page", "1 2 3 4 5", "1 2 1 2 3 4 5"],
  ["reset-without-clearing", "another room", "7 8", "3 4 5 7 8"],
  ["lose-reset", "another room", "7 8", "3 4 5"],
  ["resend-list", "insert 6", "3 4 5 6", "3 4 5 6"],
  ["keep-history", "a page", "1 2 3 4 5", "1 2 3 4 5"],
])("with %s, after %s a page has not %s but %s", (fault, act, healthy, faulty) => {
  for (const [faults, expected] of [
    [[], healthy],
    [[fault], faulty],
  ] as const) {
    const opened = page(faults);
    ACTS[act]?.(opened);
    expect(opened.shown().join(" ")).toBe(expected);
  }
});

test.each<[Fault, first: string, again: string]>([
  ["lose-on-rejoin", "3 4 5", "3 4"],
  ["repeat-on-rejoin", "3 4 5", "3 4 5 5"],
])("with %s a page that is joined has %s, and joined again %s", (fault, first, again) => {
  expect(page([fault], { _mounts: 0 }).shown().join(" ")).toBe(first);
  expect(page([fault], { _mounts: 1 }).shown().join(" ")).toBe(again);
});

test("resend-list has a stream reset with all that is on the page, pages of history and edits included", () => {
  const list = faultyList(streamMode, new Set(["resend-list"]));
  const socket = new Socket<ListAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
  socket.assign({ limit: null, window: [], hasNewer: false, oldestId: 1 }).stream("messages", []);
  list.show(socket, messagesOf(3, 4));
  list.prepend(socket, messagesOf(1, 2));
  list.remove(socket, messageOf(3));
  list.update(socket, messageOf(4, "new"));
  socket.afterRender();
  list.insert(socket, messageOf(5));
  const { reset } = socket.assigns.streams.messages;
  const entries = socket.assigns.streams.messages.entries().map(({ item }) => `${item.id} ${item.content}`);
  expect([reset, entries]).toEqual([true, ["1 as it was", "2 as it was", "4 new", "5 as it was"]]);
});
