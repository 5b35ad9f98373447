import type { Session } from "./view.ts";

type Awaitable<T> = Promise<T> | T;

/** What a channel answers a message with. */
export interface ChannelReply {
  readonly status: "ok" | "error";
  readonly response: object;
}

/** A joined channel, as its callbacks see it. */
export interface ChannelSocket {
  readonly topic: string;
  /** What follows the prefix in the topic: `7` in `room_scroll:7`. */
  readonly subtopic: string;
  readonly session: Session;
  /** What the views of this page on this socket have as `Socket.pageId`. Undefined where the page carries no id. */
  readonly pageId: string | undefined;
  /** Sends an event to this client. */
  push(event: string, payload: object): void;
  /** Sends an event to everybody who joined the topic. */
  broadcast(event: string, payload: object): void;
  /** Sends an event to everybody else who joined the topic. */
  broadcastFrom(event: string, payload: object): void;
  /** Receives what is broadcast on a topic of the server's, in `handleInfo`. */
  subscribe(topic: string): void;
  /** Ends the channel: the client is told by `phx_close`. */
  close(): void;
}

/** A channel beside the views of a page, as `Phoenix.Channel` has it. `S` is its state. */
export interface ChannelDefinition<S, M> {
  /** A topic, or all that begin so: `room_scroll:*`. */
  readonly topic: string;
  /**
   * Lets a client in, with the state that it begins with, or not. The session is that of the page's cookie, and empty
   * where the socket came without one.
   */
  join(
    socket: ChannelSocket,
    payload: Readonly<Record<string, unknown>>,
  ): Awaitable<
    | { readonly ok: true; readonly state: S; readonly response?: object }
    | { readonly ok: false; readonly response: object }
  >;
  /** Handles a message. What it returns is the answer; nothing is none. One that throws takes the channel down. */
  handleIn?(
    socket: ChannelSocket,
    event: string,
    payload: Readonly<Record<string, unknown>>,
    state: S,
  ): Awaitable<ChannelReply | undefined>;
  /** Handles what was broadcast on a topic that it subscribed to. */
  handleInfo?(socket: ChannelSocket, message: M, state: S): Awaitable<void>;
  /** Runs once when a joined channel has ended. */
  terminate?(socket: ChannelSocket, state: S): void;
}

/** A channel of any state and messages. */
export type AnyChannel = ChannelDefinition<unknown, unknown>;

/** A channel, for the server's list of channels. */
export function defineChannel<S, M = never>(channel: ChannelDefinition<S, M>): ChannelDefinition<S, M> {
  return channel;
}

/** The channel of a topic: the first whose pattern it fits. Source: `__channel__` in phoenix/socket.ex. */
export function channelOf(
  channels: readonly AnyChannel[],
  topic: string,
): { readonly channel: AnyChannel; readonly subtopic: string } | undefined {
  for (const channel of channels) {
    const prefix = channel.topic.endsWith("*") ? channel.topic.slice(0, -1) : undefined;
    if (prefix === undefined ? topic === channel.topic : topic.startsWith(prefix)) {
      return { channel, subtopic: prefix === undefined ? "" : topic.slice(prefix.length) };
    }
  }
  return undefined;
}
