import type { Message } from "../chat/message.ts";
import type { Fault } from "../faults.ts";
import type { View } from "../live/view.ts";
import type { RoomAssigns } from "../web/room/room-assigns.ts";

/** A room page that does with its forms as the faults have it. */
export function faultyRoomView<M extends { readonly kind: string }>(
  view: View<RoomAssigns, M>,
  faults: ReadonlySet<Fault>,
): View<RoomAssigns, M> {
  const [overwrites, mixesUp] = [faults.has("overwrite-draft"), faults.has("foreign-form")];
  if (!overwrites && !mixesUp) return view;
  /** What somebody has opened last, on any page. */
  let opened: Message | null = null;
  return {
    ...view,
    async handleEvent(socket, event) {
      await view.handleEvent?.(socket, event);
      if (event.name === "edit") opened = socket.assigns.editing;
    },
    async handleInfo(socket, message) {
      await view.handleInfo?.(socket, message);
      if (overwrites && message.kind === "message_created") socket.pushEvent("message_sent", {});
      if (mixesUp && opened !== null) socket.assign({ editing: opened });
    },
  };
}
