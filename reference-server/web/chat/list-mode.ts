import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import type { Ref, Refs } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import type { LiveStream } from "../../live/stream.ts";

/** A message as the list renders it: one that is there, or in `append` also the place of one that was deleted. */
export interface ListEntry {
  readonly message: Message;
  readonly deleted: boolean;
}

/** What a page holds of its messages, each mode its own part. */
export interface ListAssigns {
  /** In `resend`, `stateful` and `keyed`: all messages on the page. */
  readonly messages: readonly Message[];
  /** In `append`: what the next render adds or changes. */
  readonly entries: readonly ListEntry[];
  /** In `append`: the end at which the next render adds. */
  readonly addAt: "append" | "prepend";
  /** In `stream` and `components`: how many messages the page keeps; null for all. */
  readonly limit: number | null;
  /** In these two with a limit: the ids of the messages on the page, oldest first. */
  readonly window: readonly number[];
  /** The id of the oldest message on the page: history is read from here. */
  readonly oldestId: number;
  readonly hasOlder: boolean;
  /** Whether the newest messages have been pruned: only in these two with a limit. */
  readonly hasNewer: boolean;
  readonly streams: {
    /** In these two: what the next render inserts and deletes. */
    readonly messages: LiveStream<Message>;
  };
}

/** The state of a page with messages, as a mode sees it. */
export type ListSocket = Socket<ListAssigns>;

/** What a message's element holds. */
export type MessageDetails = (attributes: {
  readonly message: Ref<Message>;
  readonly me: Ref<User>;
}) => Template;

/**
 * A rendering mode: how a page keeps and renders its messages. The modes are the experiment, so nothing else on the page
 * may differ between them.
 */
export interface ListMode {
  /** Whether {@link ListMode.show} works on a list that is there: a container that only adds cannot be emptied. */
  readonly replaces: boolean;
  /** Whether the form beside the list is a live component as well. Default: false. */
  readonly liveForm?: boolean;
  /** Shows these messages and no others, oldest first. */
  show(socket: ListSocket, messages: readonly Message[]): void;
  /** Adds a message at the end; one that is there already stays where it is. */
  insert(socket: ListSocket, message: Message): void;
  /** Changes a message where it is; without effect where it is not on the page. */
  update(socket: ListSocket, message: Message): void;
  /** Removes a message; without effect where it is not on the page. */
  remove(socket: ListSocket, message: Message): void;
  /** Adds a page of history in front, oldest first. */
  prepend(socket: ListSocket, messages: readonly Message[]): void;
  /** Adds a page of newer messages at the end, oldest first: where `hasNewer` may be true. */
  append?(socket: ListSocket, messages: readonly Message[]): void;
  /** The mode for messages of other details, where these are parts of what it keeps: `render` is not given them then. */
  withDetails?(details: MessageDetails): ListMode;
  /** The list in its container. @param details what an element of it holds. Default: {@link messageDetails}. */
  render(assigns: Refs<ListAssigns>, me: Ref<User>, details?: MessageDetails): Template;
}
