import { expect, test } from "vitest";
import type { Message } from "../../../reference-server/chat/message.ts";
import type { RoomEvent } from "../../../reference-server/chat/room-events.ts";
import {
  faultyBroadcaster,
  faultyPresenceBroadcaster,
} from "../../../reference-server/faults/faulty-broadcaster.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import type { PresenceDiff } from "../../../reference-server/presence/presence-diff.ts";
import type { PageMeta } from "../../../reference-server/web/room/members.ts";
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

test("slow-hundredth tells every hundredth new message half a second later", async () => {
  const { told, broadcaster, waitedFor, pass } = room("slow-hundredth");
  for (let created = 0; created < 200; created++) broadcaster.broadcast("room:1", event("message_created"));
  broadcaster.broadcast("room:1", event("message_updated"));
  expect(waitedFor().flatMap((ms, index) => (ms === 0 ? [] : [index, ms]))).toEqual([99, 500, 199, 500]);
  await pass();
  expect(told).toHaveLength(201);
});

test("disorder-inserts tells the second of two new messages first, and one that stays alone after 100 ms", async () => {
  const told: number[] = [];
  const { time, waitedFor, pass } = manualTime();
  const pubsub = { broadcast: (_topic: string, { message: { id } }: RoomEvent) => void told.push(id) };
  const broadcaster = faultyBroadcaster(pubsub, new Set(["disorder-inserts"]), [1], time);
  for (const id of [1, 2, 3])
    broadcaster.broadcast("room:1", { kind: "message_created", message: { ...message, id } });
  expect([told, waitedFor()]).toEqual([
    [2, 1],
    [100, 100],
  ]);
  await pass();
  expect(told).toEqual([2, 1, 3]);
});

test("ghost-after-delete tells a deleted message as a new one, stale-edit a changed one as it was", () => {
  const told: string[] = [];
  const pubsub = {
    broadcast: (_topic: string, { kind, message: { content } }: RoomEvent) =>
      void told.push(`${kind} ${content}`),
  };
  const broadcaster = faultyBroadcaster(pubsub, new Set(["ghost-after-delete", "stale-edit"]), [1]);
  const tell = (kind: RoomEvent["kind"], content: string) =>
    broadcaster.broadcast("room:1", { kind, message: { ...message, content } });
  tell("message_created", "one");
  tell("message_updated", "two");
  tell("message_updated", "three");
  tell("message_deleted", "three");
  expect(told).toEqual([
    "message_created one",
    "message_updated one",
    "message_updated two",
    "message_deleted three",
    "message_created three",
  ]);
});

/** What is told of pages that come, type, stop, and go. */
function presence(...faults: Fault[]) {
  const told: string[] = [];
  const nameOf = ({ joins, leaves }: PresenceDiff<PageMeta>) =>
    [...joins.map(({ key }) => `+${key}`), ...leaves.map(({ key }) => `-${key}`)].join(" ");
  const pubsub = {
    broadcast: (topic: string, diff: PresenceDiff<PageMeta>) => void told.push(`${topic} ${nameOf(diff)}`),
  };
  const broadcaster = faultyPresenceBroadcaster(pubsub, new Set(faults));
  const present = (typing: boolean) => [{ key: "7", metas: [{ ref: "a", meta: { name: "bob", typing } }] }];
  const tell = (joins: boolean[], leaves: boolean[]) =>
    broadcaster.broadcast("room:1", {
      kind: "presence_diff",
      joins: joins.flatMap(present),
      leaves: leaves.flatMap(present),
    });
  return { told, tell };
}

test.each([
  [[], ["room:1 +7", "room:1 +7 -7", "room:1 +7 -7", "room:1 -7"]],
  [["presence-ghost"], ["room:1 +7", "room:1 +7 -7", "room:1 +7 -7"]],
  [["typing-forever"], ["room:1 +7", "room:1 +7 -7", "room:1 -7"]],
] as const)("with the faults %j, who comes, types, stops and goes is told as %j", (faults, expected) => {
  const { told, tell } = presence(...faults);
  tell([false], []);
  tell([true], [false]);
  tell([false], [true]);
  tell([], [false]);
  expect(told).toEqual(expected);
});
