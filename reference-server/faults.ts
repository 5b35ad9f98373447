import type { Message } from "./chat/message.ts";
import { Messages } from "./chat/messages.ts";
import { type RoomEvent, roomTopic } from "./chat/room-events.ts";
import { expressionOf, type Path, type Ref } from "./live/expression.ts";
import type { Slot, Template } from "./live/slots.ts";
import type { Broadcaster } from "./pubsub/pubsub.ts";

/**
 * The defects that the server can be told to commit, by `--fault`, so that the checks can be shown to catch them.
 * Nothing but this server's own switch knows which one is on.
 */
export const FAULTS = {
  "drop-delete": "A delete is stored, but not broadcast.",
  "reverse-prepend": "A page of history is shown newest first.",
  "leak-room": "A new message is shown in the other rooms as well.",
  "resend-statics": "The statics of a part that changed are sent again, and with them all that is in it.",
  "rerender-list": "Opening and closing the editor renders every message of the list again.",
} as const;

/** The name of a defect. */
export type Fault = keyof typeof FAULTS;

/** Whether a word names a defect. */
export function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}

/**
 * Broadcasts as the faults have it.
 *
 * @param roomIds of all rooms.
 */
export function faultyBroadcaster(
  pubsub: Broadcaster<RoomEvent>,
  faults: ReadonlySet<Fault>,
  roomIds: readonly number[],
): Broadcaster<RoomEvent> {
  return {
    broadcast(topic, event) {
      if (event.kind === "message_deleted" && faults.has("drop-delete")) return;
      pubsub.broadcast(topic, event);
      if (event.kind !== "message_created" || !faults.has("leak-room")) return;
      for (const roomId of roomIds.filter((id) => id !== event.message.roomId))
        pubsub.broadcast(roomTopic(roomId), { ...event, message: { ...event.message, roomId } });
    },
  };
}

/** Messages whose history is read as the faults have it. */
export class FaultyMessages extends Messages {
  override async before(roomId: number, id: number): Promise<Message[]> {
    return (await super.before(roomId, id)).reverse();
  }
}

/** The template with a dependency too many: each of its slots, at any depth, is rendered again with this assign. */
export function rerenderedWith(assign: Ref<unknown>, template: Template): Template {
  const { reads } = expressionOf(assign);
  return slotWith(reads, template);
}

function slotWith<S extends Slot>(more: readonly Path[], slot: S): S {
  const reads = [...slot.reads, ...more];
  switch (slot.kind) {
    case "text":
    case "live":
      return { ...slot, reads };
    case "template":
      return { ...slot, reads, slots: slot.slots.map((inner) => slotWith(more, inner)) };
    case "when": {
      const otherwise = slot.otherwise && slotWith(more, slot.otherwise);
      return { ...slot, reads, body: slotWith(more, slot.body), otherwise };
    }
    case "each":
      return { ...slot, reads, outer: [...slot.outer, ...more], entry: slotWith(more, slot.entry) };
    default:
      return slot satisfies never;
  }
}
