import { z } from "zod";
import { LEAST_LIMIT, type Messages } from "../../chat/messages.ts";
import type { RoomEvent } from "../../chat/room-events.ts";
import type { Rooms } from "../../chat/rooms.ts";
import type { Sessions } from "../../chat/sessions.ts";
import { type Fault, rerenderedWith } from "../../faults.ts";
import type { Refs } from "../../live/expression.ts";
import type { Params } from "../../live/params.ts";
import { pipe, type Step } from "../../live/pipeline.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import { defineView, type View } from "../../live/view.ts";
import type { Broadcaster } from "../../pubsub/pubsub.ts";
import { assignMe } from "../assign-me.ts";
import { chatEvent } from "../chat/chat-events.ts";
import type { ListMode } from "../chat/list-mode.ts";
import { MODES, type ModeName } from "../chat/modes.ts";
import { enterRoom, showLast } from "../chat/reading.ts";
import { told } from "../chat/told.ts";
import { announceTelling, scrollTo } from "./after-render.ts";
import type { RoomAssigns } from "./room-assigns.ts";
import { renderRoom } from "./room-template.ts";

/** What the view needs of the chat. */
export interface RoomContext {
  readonly rooms: Rooms;
  readonly messages: Messages;
  readonly sessions: Sessions;
  /** Reaches the channels beside the pages. */
  readonly pubsub: Broadcaster<unknown>;
  /** How many messages a page in `stream` keeps, where its address says nothing; null for all. */
  readonly limit: number | null;
  readonly faults: ReadonlySet<Fault>;
}

type RoomStep = Step<Socket<RoomAssigns>>;

/** What a page's address may ask for: `?limit=50`, `?history=observer`, `?after=channel`. */
const pageOptions = z.object({
  limit: z.coerce.number().int().min(LEAST_LIMIT).nullable().catch(null),
  history: z.enum(["viewport", "observer"]).catch("viewport"),
  after: z.enum(["channel", "push_event"]).nullable().catch(null),
});

/** The room page in one rendering mode. */
export function roomView(mode: ModeName, context: RoomContext): View<RoomAssigns, RoomEvent> {
  const { rooms, messages, sessions, pubsub, faults } = context;
  const list = MODES[mode];
  const parts = { messages, list };

  const assignPage =
    (params: Params): RoomStep =>
    async (socket) => {
      const given = { ...params, limit: params.limit ?? context.limit };
      const { limit, history, after } = pageOptions.parse(given);
      if (after === "channel") socket.identifyPage();
      return socket.assign({ mode, limit, historyBy: history, after, rooms: await rooms.list() });
    };

  /** Goes to the room of the address, or to the list of rooms where there is none. */
  const goTo =
    (id: number, uri: URL): RoomStep =>
    (socket) => {
      const room = socket.assigns.rooms.find((candidate) => candidate.id === id);
      if (room === undefined)
        return socket.putFlash("error", "There is no such room.").pushNavigate("/rooms");
      if (socket.assigns.room === undefined || list.replaces)
        return pipe(socket, assignAddress(uri), enterRoom(room), announceTelling, showLast(parts));
      return socket.pushNavigate(`${uri.pathname}${uri.search}`);
    };

  return defineView<RoomAssigns, RoomEvent>({
    name: `room:${mode}`,
    mount: (socket, params, { token }) => pipe(socket, assignMe(sessions, token), assignPage(params)),
    handleParams: (socket, params, uri) => pipe(socket, goTo(Number(params.id), uri)),
    handleEvent: (socket, event) => pipe(socket, chatEvent(parts, event)),
    handleInfo: (socket, event) => pipe(socket, told(parts, event), scrollTo(pubsub, event)),
    forgetful: faults.has("resend-statics"),
    render: (assigns) => renderRoom(assigns, listAsTold(assigns, list, faults), list.replaces),
  });
}

const assignAddress =
  ({ pathname, search }: URL): RoomStep =>
  (socket) =>
    socket.assign({ prefix: pathname.replace(/\/rooms\/.*/, ""), query: search });

/** The list of the page, as the faults have it. */
function listAsTold(assigns: Refs<RoomAssigns>, list: ListMode, faults: ReadonlySet<Fault>): Template {
  const rendered = list.render(assigns, assigns.me);
  return faults.has("rerender-list") ? rerenderedWith(assigns.editing, rendered) : rendered;
}
