import { type RoomEvent, roomTopic } from "../chat/room-events.ts";
import type { Fault } from "../faults.ts";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import { type FaultTime, PROCESS_TIME } from "./fault-time.ts";

const SLOW_MS = 50;
const SLOW_PRESENCE_MS = 200;

const SLOW: Readonly<Record<RoomEvent["kind"], Fault>> = {
  message_created: "slow-insert",
  message_updated: "slow-update",
  message_deleted: "slow-delete",
};

/**
 * Broadcasts what happens in rooms as the faults have it.
 *
 * @param roomIds of all rooms.
 */
export function faultyBroadcaster(
  pubsub: Broadcaster<RoomEvent>,
  faults: ReadonlySet<Fault>,
  roomIds: readonly number[],
  time: FaultTime = PROCESS_TIME,
): Broadcaster<RoomEvent> {
  const isSlow = Object.values(SLOW).some((fault) => faults.has(fault));
  const told = isSlow ? slowed(pubsub, ({ kind }) => (faults.has(SLOW[kind]) ? SLOW_MS : 0), time) : pubsub;
  return {
    broadcast(topic, event) {
      if (event.kind === "message_deleted" && faults.has("drop-delete")) return;
      told.broadcast(topic, event);
      if (event.kind !== "message_created" || !faults.has("leak-room")) return;
      for (const roomId of roomIds.filter((id) => id !== event.message.roomId))
        told.broadcast(roomTopic(roomId), { ...event, message: { ...event.message, roomId } });
    },
  };
}

/** Broadcasts who comes and goes as the faults have it. */
export function faultyPresenceBroadcaster<M>(
  pubsub: Broadcaster<M>,
  faults: ReadonlySet<Fault>,
  time: FaultTime = PROCESS_TIME,
): Broadcaster<M> {
  return faults.has("slow-presence") ? slowed(pubsub, () => SLOW_PRESENCE_MS, time) : pubsub;
}

/** Holds messages up, and keeps those of a topic in their order. */
function slowed<M>(
  pubsub: Broadcaster<M>,
  msOf: (message: M) => number,
  { wait }: FaultTime,
): Broadcaster<M> {
  const lasts = new Map<string, Promise<unknown>>();
  return {
    broadcast(topic, message) {
      const before = lasts.get(topic);
      const over = Promise.all([before, wait(msOf(message))]).then(() => {
        pubsub.broadcast(topic, message);
        if (lasts.get(topic) === over) lasts.delete(topic);
      });
      lasts.set(topic, over);
    },
  };
}
