import type { PubSub } from "../pubsub/pubsub.ts";
import type { AnyChannel, ChannelSocket } from "./channel.ts";
import type { ChannelHost, JoinOutcome, TopicProcess } from "./channel-host.ts";
import type { ClientMessage } from "./envelope.ts";
import { json } from "./json.ts";
import { Mailbox } from "./mailbox.ts";
import type { Session } from "./view.ts";

/** How a channel was asked for. */
export interface ChannelStart {
  readonly channel: AnyChannel;
  readonly topic: string;
  readonly subtopic: string;
  readonly session: Session;
  /** See `Socket.pageId`. */
  readonly pageId?: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An event for everybody who joined a topic. */
interface ChannelBroadcast {
  readonly event: string;
  readonly payload: object;
  /** Tells who sent it, where he is to be left out. */
  readonly from: string | null;
}

const broadcastTopic = (topic: string): string => `channel:${topic}`;
let started = 0;

/** Sends an event to everybody who joined a channel's topic, from anywhere in the server. */
export function broadcastToChannel(pubsub: PubSub, topic: string, event: string, payload: object): void {
  const broadcast: ChannelBroadcast = { event, payload, from: null };
  pubsub.broadcast(broadcastTopic(topic), broadcast);
}

/** One joined channel: its state, and a mailbox in which messages wait their turn. Source: phoenix/channel/server.ex. */
export class ChannelProcess implements TopicProcess {
  readonly #start: ChannelStart;
  readonly #pubsub: PubSub;
  readonly #host: ChannelHost;
  readonly #mailbox: Mailbox;
  readonly #socket: ChannelSocket;
  readonly #subscriptions: (() => void)[] = [];
  readonly #id = String(started++);
  #state: unknown;
  #joined = false;
  #stopped = false;

  constructor(start: ChannelStart, pubsub: PubSub, host: ChannelHost) {
    this.#start = start;
    this.#pubsub = pubsub;
    this.#host = host;
    this.#mailbox = new Mailbox((error) => {
      if (this.#stopped) return;
      host.crashed(error);
      this.#end(true);
    });
    this.#socket = this.#newSocket();
  }

  join(outcome: (outcome: JoinOutcome) => void): void {
    const { channel, payload, topic } = this.#start;
    this.#mailbox.post(async () => {
      const verdict = await channel.join(this.#socket, payload);
      if (this.#stopped) return;
      if (!verdict.ok) {
        this.stop();
        return outcome({ status: "error", response: json(verdict.response) });
      }
      this.#state = verdict.state;
      this.#joined = true;
      this.#subscribe(broadcastTopic(topic), (message) => this.#deliver(message as ChannelBroadcast));
      outcome({ status: "ok", response: json(verdict.response ?? {}) });
    });
  }

  receive(message: ClientMessage): void {
    this.#mailbox.post(async () => {
      const { channel } = this.#start;
      if (channel.handleIn === undefined) throw new Error(`channel ${channel.topic} takes no messages`);
      const reply = await channel.handleIn(this.#socket, message.event, message.payload, this.#state);
      if (reply !== undefined && !this.#stopped)
        this.#host.reply(message, reply.status, json(reply.response));
    });
  }

  stop(): void {
    this.#end(false);
  }

  /** @param crashed whether it has said so already: an end that breaks is no second incident. */
  #end(crashed: boolean): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#mailbox.close();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    if (!this.#joined) return;
    try {
      this.#start.channel.terminate?.(this.#socket, this.#state);
    } catch (error) {
      if (!crashed) this.#host.crashed(error);
    }
  }

  #newSocket(): ChannelSocket {
    const { topic, subtopic, session, pageId } = this.#start;
    const broadcast = (event: string, payload: object, from: string | null) => {
      const message: ChannelBroadcast = { event, payload, from };
      this.#pubsub.broadcast(broadcastTopic(topic), message);
    };
    return {
      topic,
      subtopic,
      session,
      pageId,
      push: (event, payload) => {
        if (!this.#stopped) this.#host.push(event, json(payload));
      },
      broadcast: (event, payload) => broadcast(event, payload, null),
      broadcastFrom: (event, payload) => broadcast(event, payload, this.#id),
      subscribe: (name) => this.#subscribe(name, (message) => this.#info(message)),
      close: () => {
        if (this.#stopped) return;
        this.stop();
        this.#host.closed();
      },
    };
  }

  #subscribe(topic: string, receive: (message: unknown) => void): void {
    if (!this.#stopped) this.#subscriptions.push(this.#pubsub.subscribe(topic, receive));
  }

  #deliver({ event, payload, from }: ChannelBroadcast): void {
    if (from !== this.#id) this.#host.broadcast(event, json(payload));
  }

  #info(message: unknown): void {
    this.#mailbox.post(() => this.#start.channel.handleInfo?.(this.#socket, message, this.#state));
  }
}
