import type { Message } from "../chat/message.ts";
import type { Fault } from "../faults.ts";
import type { ListMode, ListSocket } from "../web/chat/list-mode.ts";

/** A list that is kept as the faults have it. */
export function faultyList(list: ListMode, faults: ReadonlySet<Fault>): ListMode {
  return faults.has("keep-history") ? keepingHistory(list) : list;
}

/** What pages have shown: gone with them, and not before. */
const shown = new WeakMap<ListSocket, Message[]>();

function keepingHistory(list: ListMode): ListMode {
  const keep = (socket: ListSocket, messages: readonly Message[]) => {
    const kept = shown.get(socket);
    if (kept === undefined) shown.set(socket, [...messages]);
    else kept.push(...messages);
  };
  const { append } = list;
  return {
    ...list,
    show(socket, messages) {
      keep(socket, messages);
      list.show(socket, messages);
    },
    insert(socket, message) {
      keep(socket, [message]);
      list.insert(socket, message);
    },
    prepend(socket, messages) {
      keep(socket, messages);
      list.prepend(socket, messages);
    },
    ...(append && {
      append(socket: ListSocket, messages: readonly Message[]) {
        keep(socket, messages);
        append(socket, messages);
      },
    }),
  };
}
