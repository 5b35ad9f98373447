import { expect, test } from "vitest";
import type { Message } from "../../../../reference-server/chat/message.ts";
import { Socket } from "../../../../reference-server/live/socket.ts";
import type { ChatAssigns, ChatParts } from "../../../../reference-server/web/chat/chat-assigns.ts";
import { showNewer } from "../../../../reference-server/web/chat/reading.ts";

const message = (id: number): Message => ({
  id,
  roomId: 1,
  senderId: 1,
  senderName: "alice",
  content: `message ${id}`,
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
});

/** A window of the history, and what is asked of the chat and shown in the list when its reader goes on. */
async function goOn(window: readonly number[], marker: string) {
  const done: unknown[] = [];
  const socket = new Socket<ChatAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
  socket.assign({ room: { id: 1, name: "general" }, window, hasNewer: true, search: "" });
  const parts = {
    messages: {
      after: async (_room: number, id: number) => [message(id + 1)],
      last: async () => [message(40), message(41)],
    },
    list: {
      append: (_: unknown, page: readonly Message[]) => done.push(["append", ...page.map(({ id }) => id)]),
      show: (_: unknown, page: readonly Message[]) => done.push(["show", ...page.map(({ id }) => id)]),
    },
  } as unknown as ChatParts;
  await showNewer(parts, { id: marker })(socket);
  return { done, hasNewer: socket.assigns.hasNewer };
}

test("who goes on from the end of a window gets what is newer", async () => {
  expect(await goOn([3, 4], "newer-4")).toEqual({ done: [["append", 5]], hasNewer: false });
});

test("a request from an end that is no longer there brings nothing", async () => {
  expect(await goOn([3, 4], "newer-3")).toEqual({ done: [], hasNewer: true });
});

test("where all of a window was deleted one goes on at the end of the room", async () => {
  expect(await goOn([], "newer-0")).toEqual({ done: [["show", 40, 41]], hasNewer: false });
});
