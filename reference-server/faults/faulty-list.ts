import type { Fault } from "../faults.ts";
import type { ListMode } from "../web/chat/list-mode.ts";
import { ShownMessages } from "./shown-messages.ts";
import { wasJoined } from "./was-joined.ts";

/** What a fault does in place of what a list does. */
type Misdeed = (list: ListMode, shown: ShownMessages) => Partial<ListMode>;

const MISDEEDS: Partial<Record<Fault, Misdeed>> = {
  // To note what is shown is to keep it.
  "keep-history": () => ({}),
  "delete-by-position": (list, shown) => ({
    remove(socket, message) {
      const messages = shown.on(socket);
      const index = messages.findIndex(({ id }) => id === message.id);
      list.remove(socket, (index === -1 ? undefined : messages.at(index - 1)) ?? message);
    },
  }),
  "move-edit": (list, shown) => ({
    update(socket, message) {
      if (!shown.has(socket, message)) return;
      list.remove(socket, message);
      list.insert(socket, message);
    },
  }),
  "append-absent-edit": (list, shown) => ({
    update(socket, message) {
      if (shown.has(socket, message)) list.update(socket, message);
      else list.insert(socket, message);
    },
  }),
  "repeat-page": (list) => ({
    prepend(socket, messages) {
      list.prepend(socket, messages);
      list.prepend(socket, messages);
    },
  }),
  "resend-list": (list, shown) => ({
    insert: (socket, message) => list.show(socket, [...shown.on(socket), message]),
  }),
  "reset-without-clearing": (list, shown) => ({
    show(socket, messages) {
      if (shown.on(socket).length === 0) return list.show(socket, messages);
      for (const message of messages) list.insert(socket, message);
    },
  }),
  "lose-reset": (list, shown) => ({
    show(socket, messages) {
      if (shown.on(socket).length === 0) list.show(socket, messages);
    },
  }),
  "lose-on-rejoin": (list) => ({
    show: (socket, messages) => list.show(socket, wasJoined(socket) ? messages.slice(0, -1) : messages),
  }),
  "repeat-on-rejoin": (list) => ({
    show: (socket, messages) =>
      list.show(socket, wasJoined(socket) ? [...messages, ...messages.slice(-1)] : messages),
  }),
};

/** A list that is kept as the faults have it. */
export function faultyList(list: ListMode, faults: ReadonlySet<Fault>): ListMode {
  const misdeeds = [...faults].flatMap((fault) => MISDEEDS[fault] ?? []);
  if (misdeeds.length === 0) return list;
  const shown = new ShownMessages();
  let done = shown.follow(list);
  for (const misdeed of misdeeds) done = { ...done, ...misdeed(done, shown) };
  return done;
}
