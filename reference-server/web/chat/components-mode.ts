import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import { defineLiveComponent, live } from "../../live/live-component.ts";
import { html } from "../../live/template.ts";
import type { ListMode, MessageDetails } from "./list-mode.ts";
import { messageDetails } from "./message-details.ts";
import { messageElement } from "./message-element.ts";
import { streamContainer, streamMode } from "./stream-mode.ts";

interface MessageAssigns {
  readonly myself: number;
  readonly message: Message;
  readonly me: User;
}

/**
 * A stream whose items are live components. The stream says what comes and goes; an edit goes to the component, past the
 * stream, and is lost on a message that is not on the page, which has none. So the server holds each message that is on the
 * page, until the client says that its element is gone.
 */
function componentsWith(details: MessageDetails): ListMode {
  /** A message that holds itself: when it is edited, it alone is rendered, and only what differs is sent. */
  const liveMessage = defineLiveComponent<MessageAssigns, Omit<MessageAssigns, "myself">>({
    name: "message",
    render: ({ message, me }) => messageElement(message, me, details),
  });
  return {
    ...streamMode,
    liveForm: true,
    update: (socket, message) => socket.sendUpdate(liveMessage, message.id, { message }),
    render: (assigns, me) =>
      streamContainer(assigns, ({ item }) => html`${live(liveMessage, { id: item.id, message: item, me })}`),
  };
}

/** {@link componentsWith} the details of a room's messages. */
export const componentsMode: ListMode = { ...componentsWith(messageDetails), withDetails: componentsWith };
