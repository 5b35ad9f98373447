import type { Message } from "../chat/message.ts";
import type { Fault } from "../faults.ts";
import type { View } from "../live/view.ts";
import { LOAD_OLDER, markerId } from "../web/chat/history-marker.ts";
import type { RoomAssigns } from "../web/room/room-assigns.ts";

/** A room page that does with its forms as the faults have it. */
export function faultyRoomView<M extends { readonly kind: string }>(
  view: View<RoomAssigns, M>,
  faults: ReadonlySet<Fault>,
): View<RoomAssigns, M> {
  const [overwrites, mixesUp] = [faults.has("overwrite-draft"), faults.has("foreign-form")];
  const isNaive = faults.has("naive-overrun");
  if (!overwrites && !mixesUp && !isNaive) return view;
  /** What somebody has opened last, on any page. */
  let opened: Message | null = null;
  return {
    ...view,
    async mount(socket, params, session) {
      await view.mount(socket, params, session);
      // The container of the list is bound instead.
      if (isNaive) socket.assign({ historyBy: "elsewhere" });
    },
    async handleEvent(socket, event) {
      // Whichever page is asked for, and however often: the one before the oldest.
      const isAsked = isNaive && event.type !== "form" && event.name === LOAD_OLDER;
      const taken = isAsked ? { ...event, value: { id: markerId(socket.assigns.oldestId) } } : event;
      await view.handleEvent?.(socket, taken);
      if (event.name === "edit") opened = socket.assigns.editing;
    },
    async handleInfo(socket, message) {
      await view.handleInfo?.(socket, message);
      if (overwrites && message.kind === "message_created") socket.pushEvent("message_sent", {});
      if (mixesUp && opened !== null) socket.assign({ editing: opened });
    },
  };
}
