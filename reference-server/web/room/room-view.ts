import { z } from "zod";
import { type Message, messageContent } from "../../chat/message.ts";
import { type RoomEvent, roomTopic } from "../../chat/room-events.ts";
import { PAGE_SIZE, type Rooms } from "../../chat/rooms.ts";
import type { Sessions } from "../../chat/sessions.ts";
import { type Fault, rerenderedWith } from "../../faults.ts";
import type { Refs } from "../../live/expression.ts";
import type { Params } from "../../live/params.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import { type ClientEvent, defineView, type View } from "../../live/view.ts";
import { logInPath } from "../return-path.ts";
import { LOAD_OLDER, markerId } from "./history-marker.ts";
import type { ListMode } from "./list-mode.ts";
import { MODES, type ModeName } from "./modes.ts";
import type { RoomAssigns } from "./room-assigns.ts";
import { renderRoom } from "./room-template.ts";

type RoomSocket = Socket<RoomAssigns>;

/** What the view needs of the chat. */
export interface RoomContext {
  readonly rooms: Rooms;
  readonly sessions: Sessions;
  /** How many messages a page in `stream` keeps when new ones come, where its address says nothing; null for all. */
  readonly limit: number | null;
  readonly faults: ReadonlySet<Fault>;
}

const id = z.coerce.number().int().positive();
const addressOf = (uri: URL | undefined): string =>
  uri === undefined ? "/" : `${uri.pathname}${uri.search}`;
const target = z.object({ id });
/** The DOM id of the history marker when the reader came to it. */
const olderRequest = z.object({ id: z.string() });

/** `?limit=50` of a page. */
const pageLimit = z.coerce.number().int().min(PAGE_SIZE).nullable().catch(null);

/** The room page in one rendering mode. */
export function roomView(mode: ModeName, context: RoomContext): View<RoomAssigns, RoomEvent> {
  const list = MODES[mode];
  const { rooms, sessions } = context;

  async function mount(socket: RoomSocket, params: Params, token: unknown) {
    const me = typeof token === "string" ? await sessions.userOf(token) : undefined;
    if (me === undefined) return socket.redirect({ to: logInPath(addressOf(socket.uri)) });
    const all = await rooms.list();
    const room = all.find((candidate) => candidate.id === Number(params.id));
    if (room === undefined) return socket.redirect({ to: "/" });
    // What is written while the messages are read is told afterwards, and may then be among them.
    socket.subscribe(roomTopic(room.id));
    const messages = await rooms.lastMessages(room.id);
    socket
      .assign({ pageTitle: room.name, mode, me, rooms: all, room, editing: null, window: [] })
      .assign({ limit: pageLimit.parse(params.limit ?? context.limit), ...historyFrom(messages) });
    return list.mount(socket, messages);
  }

  /** Puts a page of history in front, unless the page that was asked for is there already. */
  async function loadOlder(socket: RoomSocket, value: unknown) {
    const { room, oldestId } = socket.assigns;
    if (olderRequest.parse(value).id !== markerId(oldestId)) return;
    const messages = await rooms.messagesBefore(room.id, oldestId);
    socket.assign(historyFrom(messages, oldestId));
    if (messages.length > 0) list.prepend(socket, messages);
  }

  async function submit(socket: RoomSocket, name: string, form: URLSearchParams) {
    const content = messageContent.safeParse(form.get("message[content]"));
    if (!content.success) return;
    if (name === "send") {
      await rooms.createMessage(socket.assigns.room, socket.assigns.me, content.data);
      socket.pushEvent("message_sent", {});
    } else if (name === "save_edit" && socket.assigns.editing !== null) {
      const own = await rooms.ownMessage(socket.assigns.me, socket.assigns.editing.id);
      if (own !== undefined) await rooms.updateMessage(own, content.data);
      socket.assign({ editing: null });
    }
  }

  async function ownMessage(socket: RoomSocket, value: unknown): Promise<Message | undefined> {
    const named = target.safeParse(value);
    return named.success ? rooms.ownMessage(socket.assigns.me, named.data.id) : undefined;
  }

  async function act(socket: RoomSocket, name: string, value: unknown) {
    switch (name) {
      case "edit":
        return socket.assign({ editing: (await ownMessage(socket, value)) ?? null });
      case "cancel_edit":
        return socket.assign({ editing: null });
      case "delete": {
        const own = await ownMessage(socket, value);
        return own && rooms.deleteMessage(own);
      }
      case LOAD_OLDER:
        return loadOlder(socket, value);
      default:
        return undefined;
    }
  }

  return defineView<RoomAssigns, RoomEvent>({
    name: `room:${mode}`,
    mount: (socket, params, session) => mount(socket, params, session.token),
    handleEvent: (socket, event: ClientEvent) =>
      event.type === "form" ? submit(socket, event.name, event.form) : act(socket, event.name, event.value),
    handleInfo(socket, message) {
      switch (message.kind) {
        case "message_created":
          // On a page that was empty, it is the oldest one as well.
          socket.assign({ oldestId: Math.min(socket.assigns.oldestId, message.message.id) });
          return list.insert(socket, message.message);
        case "message_updated":
          return list.update(socket, message.message);
        case "message_deleted":
          return list.remove(socket, message.message);
        default:
          return message satisfies never;
      }
    },
    forgetful: context.faults.has("resend-statics"),
    render: (assigns) => renderRoom(assigns, listAsTold(assigns, list, context.faults)),
  });
}

/** The list of the page, as the faults have it. */
function listAsTold(assigns: Refs<RoomAssigns>, list: ListMode, faults: ReadonlySet<Fault>): Template {
  const rendered = list.render(assigns, assigns.me);
  return faults.has("rerender-list") ? rerenderedWith(assigns.editing, rendered) : rendered;
}

/** Where history goes on before these messages: there is more where the page was full. */
function historyFrom(messages: readonly Message[], oldestSoFar = Number.MAX_SAFE_INTEGER) {
  return {
    hasOlder: messages.length === PAGE_SIZE,
    oldestId: Math.min(oldestSoFar, ...messages.map((message) => message.id)),
  };
}
