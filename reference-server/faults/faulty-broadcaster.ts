import { type RoomEvent, roomTopic } from "../chat/room-events.ts";
import type { Fault } from "../faults.ts";
import type { PresenceDiff } from "../presence/presence-diff.ts";
import type { Broadcaster } from "../pubsub/pubsub.ts";
import type { PageMeta } from "../web/room/members.ts";
import { type FaultTime, PROCESS_TIME } from "./fault-time.ts";

const SLOW_MS = 50;
const SLOW_EVERY = 100;
const SLOW_HUNDREDTH_MS = 500;
/** How long a new message waits for the next one, to be told after it. */
const DISORDER_MS = 100;

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
  let told = pubsub;
  if (Object.values(SLOW).some((fault) => faults.has(fault)))
    told = slowed(told, ({ kind }) => (faults.has(SLOW[kind]) ? SLOW_MS : 0), time);
  if (faults.has("slow-hundredth")) told = slowed(told, slowHundredth(), time);
  if (faults.has("disorder-inserts")) told = disordered(told, time);
  if (faults.has("stale-edit")) told = stale(told);
  return {
    broadcast(topic, event) {
      if (event.kind === "message_deleted" && faults.has("drop-delete")) return;
      told.broadcast(topic, event);
      if (event.kind === "message_deleted" && faults.has("ghost-after-delete"))
        told.broadcast(topic, { ...event, kind: "message_created" });
      if (event.kind !== "message_created" || !faults.has("leak-room")) return;
      for (const roomId of roomIds.filter((id) => id !== event.message.roomId))
        told.broadcast(roomTopic(roomId), { ...event, message: { ...event.message, roomId } });
    },
  };
}

type PresenceBroadcaster = Broadcaster<PresenceDiff<PageMeta>>;

/** Broadcasts who comes and goes as the faults have it. */
export function faultyPresenceBroadcaster(
  pubsub: PresenceBroadcaster,
  faults: ReadonlySet<Fault>,
): PresenceBroadcaster {
  const isHushed = (diff: PresenceDiff<PageMeta>) =>
    (faults.has("presence-ghost") && diff.joins.length === 0) ||
    (faults.has("typing-forever") && isEndOfTyping(diff));
  if (!faults.has("presence-ghost") && !faults.has("typing-forever")) return pubsub;
  return {
    broadcast(topic, diff) {
      if (!isHushed(diff)) pubsub.broadcast(topic, diff);
    },
  };
}

/** Whether a change says that a page that was typing is not any more: it leaves, and joins with what it does now. */
function isEndOfTyping({ joins, leaves }: PresenceDiff<PageMeta>): boolean {
  const metas = (present: typeof joins) => present.flatMap((one) => one.metas);
  const typed = new Set(metas(leaves).flatMap(({ ref, meta }) => (meta.typing ? ref : [])));
  return metas(joins).some(({ ref, meta }) => !meta.typing && typed.has(ref));
}

function slowHundredth(): (event: RoomEvent) => number {
  let created = 0;
  return ({ kind }) => {
    if (kind !== "message_created") return 0;
    created += 1;
    return created % SLOW_EVERY === 0 ? SLOW_HUNDREDTH_MS : 0;
  };
}

/** Tells new messages in pairs, the second of each first; one that stays alone after a while. */
function disordered(pubsub: Broadcaster<RoomEvent>, { wait }: FaultTime): Broadcaster<RoomEvent> {
  const held = new Map<string, () => void>();
  const release = (topic: string, first: () => void) => {
    if (held.get(topic) !== first) return;
    held.delete(topic);
    first();
  };
  return {
    broadcast(topic, event) {
      const tell = () => pubsub.broadcast(topic, event);
      const first = held.get(topic);
      if (first === undefined && event.kind === "message_created") {
        held.set(topic, tell);
        void wait(DISORDER_MS).then(() => release(topic, tell));
        return;
      }
      tell();
      if (first !== undefined) release(topic, first);
    },
  };
}

/** Tells of each change what the message was before; of a message that it has not heard of, what it is. */
function stale(pubsub: Broadcaster<RoomEvent>): Broadcaster<RoomEvent> {
  const contents = new Map<number, string>();
  return {
    broadcast(topic, event) {
      const { id, content } = event.message;
      const before = contents.get(id);
      if (event.kind === "message_deleted") contents.delete(id);
      else contents.set(id, content);
      const isStale = event.kind === "message_updated" && before !== undefined;
      pubsub.broadcast(topic, isStale ? { ...event, message: { ...event.message, content: before } } : event);
    },
  };
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
      const ms = msOf(message);
      const before = lasts.get(topic);
      const over = Promise.all([before, wait(ms)]).then(() => {
        pubsub.broadcast(topic, message);
        if (lasts.get(topic) === over) lasts.delete(topic);
      });
      lasts.set(topic, over);
    },
  };
}
