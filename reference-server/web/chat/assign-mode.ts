import type { Message } from "../../chat/message.ts";
import { type EachOptions, each, html } from "../../live/template.ts";
import type { ListMode, ListSocket } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";
import { messageElement } from "./message-element.ts";

/** The list in assigns: the view holds every message on the page, and its entries are known again as `tracking` says. */
function assignMode(tracking: EachOptions<Message>): ListMode {
  const show = (socket: ListSocket, messages: readonly Message[]) => socket.assign({ messages });
  return {
    replaces: true,
    show,
    insert(socket, message) {
      const { messages } = socket.assigns;
      if (!messages.some(({ id }) => id === message.id)) show(socket, [...messages, message]);
    },
    update: (socket, message) =>
      show(
        socket,
        socket.assigns.messages.map((known) => (known.id === message.id ? message : known)),
      ),
    remove: (socket, message) =>
      show(
        socket,
        socket.assigns.messages.filter(({ id }) => id !== message.id),
      ),
    prepend: (socket, messages) => show(socket, [...messages, ...socket.assigns.messages]),
    render: ({ messages }, me, details = messageDetails) => html`<div id="messages" phx-hook="Hover">
      ${each(messages, (message) => messageElement(message, me, details), tracking)}
    </div>`,
  };
}

/** Every message is sent with every change of the list, as before LiveView 1.1. */
export const resendMode = assignMode({ untracked: true });

/** Entries are known by their index: `for` without `:key`. */
export const statefulMode = assignMode({});

/** Entries are known by the message's id: `for` with `:key`. */
export const keyedMode = assignMode({ key: ({ id }) => id });
