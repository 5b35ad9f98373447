import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import {
  faultyBroadcaster,
  faultyPresenceBroadcaster,
} from "../../../reference-server/faults/faulty-broadcaster.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { manualTime } from "./manual-time.ts";

const message: Message = {
  id: 7,
  roomId: 1,
  senderId: 2,
  senderName: "bob",
  content: "hello",
  insertedAt: "2026-01-02T03:04:05Z",
  edited: false,
};
const event = (kind: RoomEvent["kind"]): RoomEvent => ({ kind, message });

function room(...faults: Fault[]) {
  const told: string[] = [];
  const clock = manualTime();
  const pubsub = { broadcast: (topic: string, { kind }: RoomEvent) => void told.push(`${topic} ${kind}`) };
  return { told, ...clock, broadcaster: faultyBroadcaster(pubsub, new Set(faults), [1, 2], clock.time) };
}

test("without a fault everything is told at once", () => {
  const { told, broadcaster, waitedFor } = room();
  broadcaster.broadcast("room:1", event("message_created"));
  expect([told, waitedFor()]).toEqual([["room:1 message_created"], []]);
});

test("drop-delete tells of no delete, leak-room of new messages in every room", () => {
  const { told, broadcaster } = room("drop-delete", "leak-room");
  broadcaster.broadcast("room:1", event("message_deleted"));
  broadcaster.broadcast("room:1", event("message_created"));
  expect(told).toEqual(["room:1 message_created", "room:2 message_created"]);
});

test.each([
  ["slow-insert", "message_created"],
  ["slow-update", "message_updated"],
  ["slow-delete", "message_deleted"],
] as const)("%s tells 50 ms later, nothing else, and keeps the order of the room", async (fault, kind) => {
  const { told, broadcaster, waitedFor, pass } = room(fault);
  const other = kind === "message_updated" ? "message_deleted" : "message_updated";
  broadcaster.broadcast("room:1", event(kind));
  broadcaster.broadcast("room:1", event(other));
  expect([told, waitedFor()]).toEqual([[], [50, 0]]);
  await pass();
  expect(told).toEqual([`room:1 ${kind}`, `room:1 ${other}`]);
});

test("what is slow in one room holds up no other", async () => {
  const { told, broadcaster, pass } = room("slow-insert");
  broadcaster.broadcast("room:1", event("message_created"));
  broadcaster.broadcast("room:2", event("message_updated"));
  await pass();
  expect(told.toSorted()).toEqual(["room:1 message_created", "room:2 message_updated"]);
});

test("slow-presence tells who comes and goes 200 ms later", async () => {
  const told: string[] = [];
  const { time, waitedFor, pass } = manualTime();
  const pubsub = { broadcast: (topic: string, diff: string) => void told.push(`${topic} ${diff}`) };
  faultyPresenceBroadcaster(pubsub, new Set(["slow-presence"]), time).broadcast("presence:1", "bob");
  expect([told, waitedFor()]).toEqual([[], [200]]);
  await pass();
  expect(told).toEqual(["presence:1 bob"]);
  expect(faultyPresenceBroadcaster(pubsub, new Set(), time)).toBe(pubsub);
});
