import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import { slowerInserts } from "../../../reference-server/faults/slower-inserts.ts";

const message: Message = {
  id: 7,
  roomId: 1,
  senderId: 2,
  senderName: "bob",
  content: "hello",
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
};

/** A clock that goes on while messages are broadcast, by so many milliseconds each, and while the process is busy. */
function clock() {
  const state = { nowMs: 0, costMs: 0, busyMs: [] as number[] };
  const calls: (() => void)[] = [];
  const time = {
    nowMs: () => state.nowMs,
    afterwards: (call: () => void) => void calls.push(call),
    busyUntil(ms: number) {
      state.busyMs.push(ms - state.nowMs);
      state.nowMs = ms;
    },
  };
  const told: string[] = [];
  const pubsub = {
    broadcast: (_: string, { kind }: RoomEvent) => {
      told.push(kind);
      state.nowMs += state.costMs;
    },
  };
  const tell = (broadcaster: typeof pubsub, kind: RoomEvent["kind"], costMs: number) => {
    state.costMs = costMs;
    broadcaster.broadcast("room:1", { kind, message });
    for (const call of calls.splice(0)) call();
  };
  return { state, time, told, pubsub, tell };
}

test("a new message takes so many percent longer than those before it took, by their median", () => {
  const { state, time, told, pubsub, tell } = clock();
  const slower = slowerInserts(pubsub, 5, time);
  for (const costMs of [100, 900, 200]) tell(slower, "message_created", costMs);
  tell(slower, "message_created", 1);
  // Nothing is known of the first; then the median of 100, of 100 and 900, and of 100, 200 and 900.
  expect(state.busyMs).toEqual([0, 5, 45, 10]);
  expect(told).toEqual(Array(4).fill("message_created"));
});

test("edits and deletes are as fast as they were, and are not counted", () => {
  const { state, time, pubsub, tell } = clock();
  const slower = slowerInserts(pubsub, 5, time);
  tell(slower, "message_created", 100);
  tell(slower, "message_updated", 9000);
  tell(slower, "message_deleted", 9000);
  tell(slower, "message_created", 100);
  expect(state.busyMs).toEqual([0, 5]);
});

test("without a part of its time nothing is in between", () => {
  const { pubsub } = clock();
  expect(slowerInserts(pubsub, 0)).toBe(pubsub);
});
