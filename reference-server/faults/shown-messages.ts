import type { Message } from "../chat/message.ts";
import type { ListMode, ListSocket } from "../web/chat/list-mode.ts";

/** What pages show, which most modes do not keep: for faults that have to know. Gone with the pages. */
export class ShownMessages {
  readonly #bySocket = new WeakMap<ListSocket, readonly Message[]>();

  /** The messages on a page, oldest first; none before any was shown. */
  on(socket: ListSocket): readonly Message[] {
    return this.#bySocket.get(socket) ?? [];
  }

  /** Whether a message is on a page. */
  has(socket: ListSocket, { id }: Message): boolean {
    return this.on(socket).some((shown) => shown.id === id);
  }

  /** The same list, of which is noted what it shows. */
  follow(list: ListMode): ListMode {
    const { append } = list;
    const note = (socket: ListSocket, messages: readonly Message[]) => this.#bySocket.set(socket, messages);
    return {
      ...list,
      show: (socket, messages) => {
        note(socket, messages);
        list.show(socket, messages);
      },
      insert: (socket, message) => {
        if (!this.has(socket, message)) note(socket, [...this.on(socket), message]);
        list.insert(socket, message);
      },
      update: (socket, message) => {
        note(
          socket,
          this.on(socket).map((shown) => (shown.id === message.id ? message : shown)),
        );
        list.update(socket, message);
      },
      remove: (socket, message) => {
        note(
          socket,
          this.on(socket).filter(({ id }) => id !== message.id),
        );
        list.remove(socket, message);
      },
      prepend: (socket, messages) => {
        note(socket, [...messages, ...this.on(socket)]);
        list.prepend(socket, messages);
      },
      ...(append && {
        append: (socket: ListSocket, messages: readonly Message[]) => {
          note(socket, [...this.on(socket), ...messages]);
          append(socket, messages);
        },
      }),
    };
  }
}
