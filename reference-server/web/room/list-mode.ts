import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import type { Ref, Refs } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import type { LiveStream } from "../../live/stream.ts";

/** What the room page holds of its messages: one of the two, by mode. */
export interface ListAssigns {
  /** In `stateful`: all messages on the page. */
  readonly messages: readonly Message[];
  readonly streams: {
    /** In `stream`: what the next render inserts and deletes. */
    readonly messages: LiveStream<Message>;
  };
}

/**
 * A rendering mode: how the room page keeps and renders its messages. The modes are the experiment, so nothing else
 * on the page may differ between them.
 */
export interface ListMode {
  /** Puts the first messages on the page, oldest first. */
  mount(socket: Socket<ListAssigns>, messages: readonly Message[]): void;
  /** Adds a message at the end; one that is there already stays where it is. */
  insert(socket: Socket<ListAssigns>, message: Message): void;
  /** Changes a message where it is; without effect where it is not on the page. */
  update(socket: Socket<ListAssigns>, message: Message): void;
  /** Removes a message; without effect where it is not on the page. */
  remove(socket: Socket<ListAssigns>, message: Message): void;
  /** Adds a page of history in front, oldest first. */
  prepend(socket: Socket<ListAssigns>, messages: readonly Message[]): void;
  /** The list in its container. */
  render(assigns: Refs<ListAssigns>, me: Ref<User>): Template;
}
