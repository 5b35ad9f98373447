import { z } from "zod";
import { LEAST_LIMIT, type Messages } from "../../chat/messages.ts";
import type { RoomEvent } from "../../chat/room-events.ts";
import type { Rooms } from "../../chat/rooms.ts";
import type { Sessions } from "../../chat/sessions.ts";
import { boundContainer } from "../../faults/bound-container.ts";
import { faultyList } from "../../faults/faulty-list.ts";
import { faultyRoomView } from "../../faults/faulty-room-view.ts";
import { faultyView, type InsertCount } from "../../faults/faulty-view.ts";
import { rerenderedWith } from "../../faults/rerendered-template.ts";
import type { Fault } from "../../faults.ts";
import type { Refs } from "../../live/expression.ts";
import type { Params } from "../../live/params.ts";
import { pipe } from "../../live/pipeline.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import { defineView, type View } from "../../live/view.ts";
import type { PresenceDiff } from "../../presence/presence-diff.ts";
import type { Broadcaster } from "../../pubsub/pubsub.ts";
import { assignMe } from "../assign-me.ts";
import { chatEvent } from "../chat/chat-events.ts";
import type { ListMode } from "../chat/list-mode.ts";
import { type DraftEvent, liveMessageForm } from "../chat/live-message-form.ts";
import { messageForm } from "../chat/message-form.ts";
import { MODES, type ModeName } from "../chat/modes.ts";
import { enterRoom, showLast } from "../chat/reading.ts";
import { told } from "../chat/told.ts";
import { announceTelling, scrollTo } from "./after-render.ts";
import type { PageMeta } from "./members.ts";
import {
  enterPresence,
  leavePresence,
  NOBODY,
  presenceTold,
  type RoomPresence,
  typing,
} from "./presence-steps.ts";
import type { RoomAssigns, RoomStep } from "./room-assigns.ts";
import { renderRoom } from "./room-template.ts";

/** What the view needs of the chat. */
export interface RoomContext {
  readonly rooms: Rooms;
  readonly messages: Messages;
  readonly sessions: Sessions;
  readonly presence: RoomPresence;
  /** Reaches the channels beside the pages. */
  readonly pubsub: Broadcaster<unknown>;
  /** How many messages a page in `stream` keeps, where its address says nothing; null for all. */
  readonly limit: number | null;
  readonly faults: ReadonlySet<Fault>;
  /** Shared by the views of a server, for the faults of some inserts. */
  readonly inserts?: InsertCount;
}

/** What the page is told: what happens in its room, and who comes and goes there. */
type RoomMessage = RoomEvent | PresenceDiff<PageMeta> | DraftEvent;

/** What a page's address may ask for: `?limit=50`, `?history=observer`, `?members=off`, `?after=channel`. */
const pageOptions = z.object({
  limit: z.coerce.number().int().min(LEAST_LIMIT).nullable().catch(null),
  history: z.enum(["viewport", "observer"]).catch("viewport"),
  after: z.enum(["channel", "push_event"]).nullable().catch(null),
  members: z.enum(["on", "off"]).catch("on"),
});

/** The room page in one rendering mode. */
export function roomView(mode: ModeName, context: RoomContext): View<RoomAssigns, RoomMessage> {
  const { rooms, messages, sessions, presence, pubsub, faults } = context;
  const list = faultyList(MODES[mode], faults);
  const parts = { messages, list };
  const form = list.liveForm === true ? liveMessageForm(messages) : messageForm;

  const assignPage =
    (params: Params): RoomStep =>
    async (socket) => {
      const given = { ...params, limit: params.limit ?? context.limit };
      const { limit, history, after, members } = pageOptions.parse(given);
      if (after === "channel") socket.identifyPage();
      const options = { limit, historyBy: history, after, showsMembers: members === "on" };
      return socket.assign({ ...NOBODY, ...options, mode, rooms: await rooms.list() });
    };

  /** Goes to the room of the address, or to the list of rooms where there is none. */
  const goTo =
    (id: number, uri: URL): RoomStep =>
    (socket) => {
      const room = socket.assigns.rooms.find((candidate) => candidate.id === id);
      if (room === undefined)
        return socket.putFlash("error", "There is no such room.").pushNavigate("/rooms");
      if (socket.assigns.room === undefined || list.replaces)
        return pipe(
          socket,
          assignAddress(uri),
          enterRoom(room),
          announceTelling,
          showLast(parts),
          enterPresence(presence),
        );
      return socket.pushNavigate(`${uri.pathname}${uri.search}`);
    };

  const view = defineView<RoomAssigns, RoomMessage>({
    name: `room:${mode}`,
    mount: (socket, params, { token }) => pipe(socket, assignMe(sessions, token), assignPage(params)),
    handleParams: (socket, params, uri) => pipe(socket, goTo(idOf(params), uri)),
    handleEvent: (socket, event) => pipe(socket, chatEvent(parts, event), typing(presence, event)),
    handleInfo(socket, message) {
      switch (message.kind) {
        case "presence_diff":
          return pipe(socket, presenceTold(presence, message));
        case "draft_event":
          return pipe(socket, typing(presence, message.event));
        default:
          return pipe(socket, told(parts, message), scrollTo(pubsub, message));
      }
    },
    terminate: leavePresence(presence),
    render: (assigns) =>
      renderRoom(assigns, { list: listAsTold(assigns, list, faults), form, replaces: list.replaces }),
  });
  const isAtRoom = (socket: Socket<RoomAssigns>) => socket.assigns.room !== undefined;
  return faultyView(faultyRoomView(view, faults), faults, isAtRoom, context.inserts);
}

/** The id that an address names, as such addresses are written; NaN for anything else, which no room has. */
const idOf = ({ id }: Params): number =>
  typeof id === "string" && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : Number.NaN;

const assignAddress =
  ({ pathname, search }: URL): RoomStep =>
  (socket) =>
    socket.assign({ prefix: pathname.replace(/\/rooms\/.*/, ""), query: search });

/** The list of the page, as the faults have it. */
function listAsTold(assigns: Refs<RoomAssigns>, list: ListMode, faults: ReadonlySet<Fault>): Template {
  const sound = list.render(assigns, assigns.me);
  const rendered = faults.has("naive-overrun") ? boundContainer(sound) : sound;
  return faults.has("rerender-list") ? rerenderedWith(assigns.editing, rendered) : rendered;
}
