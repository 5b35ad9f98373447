import type { RoomEvent } from "../../chat/room-events.ts";
import type { Broadcaster } from "../../pubsub/pubsub.ts";
import { messageDomId } from "../chat/message-element.ts";
import { eventBusTopic, tellPage } from "../event-bus.ts";
import type { RoomStep } from "./room-assigns.ts";

/**
 * How a page learns that a message is there to be scrolled to: by the channel beside its view, after the diff; by an event
 * in the diff; or, null, it is not told and looks for itself.
 */
export type AfterRender = "channel" | "push_event" | null;

/** Tells the page, when it enters a room, by which way it will be told; `topic` is that of the channel to be joined. */
export const announceTelling: RoomStep = (socket) => {
  const { after, room } = socket.assigns;
  switch (after) {
    case null:
      return socket;
    case "push_event":
      return socket.pushEvent("follow", { topic: null });
    case "channel":
      // A page that came here without a load carries no token, and would be refused the channel.
      if (socket.pageId === undefined) return socket;
      return socket.pushEvent("follow", { topic: eventBusTopic(room.id) });
    default:
      return after satisfies never;
  }
};

/** Has the page scroll to a new message that it shows: where the reader is at the end, or wrote it himself. */
export const scrollTo =
  (pubsub: Broadcaster<unknown>, event: RoomEvent): RoomStep =>
  (socket) => {
    const { after, room, me, search, hasNewer } = socket.assigns;
    const { kind, message } = event;
    const isShown = message.roomId === room.id && search === "" && !hasNewer;
    if (kind !== "message_created" || !isShown) return socket;
    const payload = { id: messageDomId(message.id), own: message.senderId === me.id };
    switch (after) {
      case null:
        return socket;
      case "push_event":
        return socket.pushEvent("scroll", payload);
      case "channel":
        return socket.afterDiff(() => tellPage(pubsub, socket.pageId, room.id, { event: "scroll", payload }));
      default:
        return after satisfies never;
    }
  };
