import type { Refs } from "../../../reference-server/live/expression.ts";
import type { Template } from "../../../reference-server/live/slots.ts";
import type { Socket } from "../../../reference-server/live/socket.ts";
import { type ClientEvent, defineView, type View } from "../../../reference-server/live/view.ts";
import type { Message } from "./data.ts";
import { WIRE_ROOM, WIRE_TOPIC, type WireChat, type WireEvent } from "./wire-chat.ts";
import {
  renderAppend,
  renderKeyed,
  renderResend,
  renderStateful,
  renderStream,
  type WireAssigns,
} from "./wire-template.ts";

type WireSocket = Socket<WireAssigns>;

/** How the view keeps its list: what the recorded server did in the recording of the same name. */
interface WireMode {
  render(assigns: Refs<WireAssigns>): Template;
  mount(socket: WireSocket, messages: readonly Message[]): void;
  insert(socket: WireSocket, message: Message): void;
  update(socket: WireSocket, message: Message): void;
  remove(socket: WireSocket, message: Message): void;
  prepend(socket: WireSocket, messages: readonly Message[]): void;
  reset(socket: WireSocket, messages: readonly Message[]): void;
}

function streamMode(options: { readonly limit?: number }): WireMode {
  return {
    render: renderStream,
    mount: (socket, messages) => socket.stream("messages", messages, options),
    insert: (socket, message) => socket.streamInsert("messages", message, options),
    update: (socket, message) => socket.streamInsert("messages", message),
    remove: (socket, message) => socket.streamDelete("messages", message),
    prepend: (socket, messages) => socket.stream("messages", messages.toReversed(), { at: 0 }),
    reset: (socket, messages) => socket.stream("messages", messages, { reset: true }),
  };
}

function assignMode(render: WireMode["render"]): WireMode {
  const change = (socket: WireSocket, to: (messages: readonly Message[]) => readonly Message[]) =>
    socket.assign({ messages: to(socket.assigns.messages) });
  return {
    render,
    mount: (socket, messages) => socket.assign({ messages }),
    insert: (socket, message) => change(socket, (messages) => [...messages, message]),
    update: (socket, message) =>
      change(socket, (messages) => messages.map((known) => (known.id === message.id ? message : known))),
    remove: (socket, message) =>
      change(socket, (messages) => messages.filter((known) => known.id !== message.id)),
    prepend: (socket, older) => change(socket, (messages) => [...older, ...messages]),
    reset: (socket, messages) => socket.assign({ messages }),
  };
}

const appendMode: WireMode = {
  render: renderAppend,
  mount: (socket, messages) => socket.temporary({ messages: [] }).assign({ messages }),
  insert: (socket, message) => socket.assign({ messages: [message] }),
  update: (socket, message) => socket.assign({ messages: [message] }),
  remove: () => {},
  prepend: (socket, messages) => socket.assign({ messages }),
  reset: (socket, messages) => socket.assign({ messages }),
};

/** Loads the whole room from the store at every change. */
function fullMode(chat: WireChat): WireMode {
  const reload = (socket: WireSocket) => socket.assign({ messages: structuredClone(chat.messages) });
  return {
    render: renderStateful,
    mount: reload,
    insert: reload,
    update: reload,
    remove: reload,
    prepend: () => {},
    reset: reload,
  };
}

/** What the page's address calls a mode where that is not the recording's name. */
const ADDRESS_NAMES: { readonly [M in WireModeName]?: string } = { keyed: "stateful_keyed" };

/** The name of a recording, or of a mode that has none. */
export type WireModeName = "stream" | "limited" | "stateful" | "keyed" | "append" | "full" | "resend";

const LIMITED = { limit: -50 };

function modeOf(name: WireModeName, chat: WireChat): WireMode {
  switch (name) {
    case "stream":
      return streamMode({});
    case "limited":
      return streamMode(LIMITED);
    case "stateful":
      return assignMode(renderStateful);
    case "keyed":
      return assignMode(renderKeyed);
    case "resend":
      return assignMode(renderResend);
    case "append":
      return appendMode;
    case "full":
      return fullMode(chat);
    default:
      return name satisfies never;
  }
}

const ROOMS = [
  { id: 1, name: "general" },
  { id: 2, name: "random" },
  { id: 3, name: "support" },
];
const EMPTY_EDIT = { id: "", content: "" };

/** Who looks at the recorded page. */
export const ALICE = "alice@example.com";

/**
 * The page that was recorded, on our engine.
 *
 * @param mounted how many messages are on the page at first
 */
export function wireView(name: WireModeName, chat: WireChat, mounted: number): View<WireAssigns, WireEvent> {
  const mode = modeOf(name, chat);
  /** The oldest message on the page. */
  const oldest = new WeakMap<WireSocket, number>();

  function start(socket: WireSocket) {
    const room = ROOMS[WIRE_ROOM - 1];
    if (room === undefined) throw new Error("the room is not there");
    if (socket.connected) {
      chat.show(ALICE);
      socket.subscribe(WIRE_TOPIC);
    }
    const messages = chat.last(mounted);
    oldest.set(socket, messages[0]?.id ?? 0);
    socket.assign({
      pageTitle: room.name,
      mode: ADDRESS_NAMES[name] ?? name,
      room,
      rooms: ROOMS,
      members: socket.connected ? chat.members : [],
      hasMore: true,
      form: { content: "" },
      editForm: EMPTY_EDIT,
    });
    mode.mount(socket, messages);
  }

  function loadMore(socket: WireSocket) {
    const older = chat.before(oldest.get(socket) ?? 0);
    oldest.set(socket, older[0]?.id ?? 0);
    if (older.length === 0) return socket.assign({ hasMore: false });
    return mode.prepend(socket, older);
  }

  function submit(socket: WireSocket, event: string, form: URLSearchParams) {
    if (event === "typing") {
      socket.assign({ form: { content: form.get("message[content]") ?? "" } });
      chat.show(ALICE, true);
    } else if (event === "send") {
      socket.assign({ form: { content: "" } });
      chat.create(ALICE, form.get("message[content]") ?? "");
    }
  }

  function act(socket: WireSocket, event: string, value: Readonly<Record<string, unknown>>) {
    switch (event) {
      case "stop_typing":
        return chat.show(ALICE, false);
      case "edit": {
        const { id, content } = chat.message(Number(value.id));
        return socket.assign({ editForm: { id: String(id), content } });
      }
      case "delete_message":
        return chat.delete(Number(value.id));
      case "load_more":
        return loadMore(socket);
      case "reset":
        return mode.reset(socket, chat.last(mounted));
      case "ask":
        return socket.reply({ max_id: chat.messages.at(-1)?.id ?? 0, you_said: String(value.q) });
      case "ask_and_title":
        return socket.reply({ you_said: String(value.q) }).assign({ pageTitle: "general (1)" });
      default:
        return undefined;
    }
  }

  return defineView<WireAssigns, WireEvent>({
    name: `wire:${name}`,
    mount: start,
    handleEvent: (socket, event: ClientEvent) =>
      event.type === "form" ? submit(socket, event.name, event.form) : act(socket, event.name, event.value),
    handleInfo(socket, event) {
      switch (event.kind) {
        case "created":
          mode.insert(socket, event.message);
          return socket.pushEvent("new_message", { id: event.message.id });
        case "updated":
          return mode.update(socket, event.message);
        case "deleted":
          return mode.remove(socket, event.message);
        case "members":
          return socket.assign({ members: event.members });
        default:
          return event satisfies never;
      }
    },
    render: mode.render,
  });
}
