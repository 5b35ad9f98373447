import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import { faultyList } from "../../../reference-server/faults/faulty-list.ts";
import { leaking } from "../../../reference-server/faults/leaked-bytes.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import type { ListAssigns } from "../../../reference-server/web/chat/list-mode.ts";
import { streamMode } from "../../../reference-server/web/chat/stream-mode.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

async function usedBytes(): Promise<number> {
  await new Promise(setImmediate);
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test("leak-connection leaves 10,240 bytes a connection, to within a byte in a hundred", async () => {
  const leak = leaking();
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const before = await usedBytes();
    for (let connection = 0; connection < 1000; connection++) leak();
    rounds.push(((await usedBytes()) - before) / 1000);
  }
  // Held until here.
  leak();
  // What other tests of the process leave behind is collected in some round, and makes that one small.
  const middle = rounds.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  expect(middle).toSatisfy((bytes: number) => Math.abs(bytes - 10_240) < 102);
});

const messageOf = (id: number): Message => ({
  id,
  roomId: 1,
  senderId: 2,
  senderName: "bob",
  content: "hello",
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
});

/** Shows ten messages, inserts one, prepends two. @returns the list, the socket, and what is left of the messages */
function shown(...faults: Fault[]) {
  const list = faultyList(streamMode, new Set(faults));
  const socket = new Socket<ListAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
  socket.assign({ limit: null, window: [], hasNewer: false, oldestId: 1 });
  socket.stream("messages", []);
  const messages = Array.from({ length: 13 }, (_, index) => messageOf(index + 1));
  list.show(socket, messages.slice(2, 12));
  list.insert(socket, messages[12] ?? messageOf(0));
  list.prepend(socket, messages.slice(0, 2));
  socket.takeChanges();
  socket.afterRender();
  return { list, socket, left: messages.map((message) => new WeakRef(message)) };
}

test.each([
  [[], 0],
  [["keep-history"], 13],
] as const)(
  "with the faults %j a page in stream holds %d of 13 messages after its render",
  async (faults, kept) => {
    const { list, socket, left } = shown(...faults);
    await usedBytes();
    expect(list.render).toBe(streamMode.render);
    expect(left.filter((message) => message.deref() !== undefined).length).toBe(kept);
    expect(socket.assigns.streams.messages.pending).toBe(false);
  },
);
