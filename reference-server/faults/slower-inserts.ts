import type { RoomEvent } from "../chat/room-events.ts";
import type { Broadcaster } from "../pubsub/pubsub.ts";

/** How it is measured how long a message takes, and how that is made longer. */
export interface InsertTime {
  /** Milliseconds since any moment, with fractions. */
  nowMs(): number;
  /** Calls when all that was set going by now has been done. */
  afterwards(call: () => void): void;
  /** Keeps the process busy until that moment. */
  busyUntil(ms: number): void;
}

/** The time of the process. */
const PROCESS_TIME: InsertTime = {
  nowMs: () => performance.now(),
  afterwards: (call) => void setImmediate(call),
  busyUntil(ms) {
    while (performance.now() < ms);
  },
};

/** Of so many messages the time is remembered. */
const REMEMBERED = 15;

/**
 * Makes new messages slower by a part of their own time: before one is broadcast the process is busy for so many percent of
 * what those before it took, the median of the last {@link REMEMBERED}, from their broadcast until they were rendered for
 * everybody and handed to the sockets.
 */
export function slowerInserts(
  pubsub: Broadcaster<RoomEvent>,
  percent: number,
  { nowMs, afterwards, busyUntil }: InsertTime = PROCESS_TIME,
): Broadcaster<RoomEvent> {
  if (percent === 0) return pubsub;
  const took: number[] = [];
  return {
    broadcast(topic, event) {
      if (event.kind !== "message_created") {
        pubsub.broadcast(topic, event);
        return;
      }
      const usual = took.toSorted((a, b) => a - b)[took.length >> 1] ?? 0;
      busyUntil(nowMs() + (usual * percent) / 100);
      const beganMs = nowMs();
      pubsub.broadcast(topic, event);
      afterwards(() => {
        took.push(nowMs() - beganMs);
        if (took.length > REMEMBERED) took.shift();
      });
    },
  };
}
