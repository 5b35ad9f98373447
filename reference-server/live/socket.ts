import type { DiffValue } from "./diff.ts";
import { equal } from "./equal.ts";
import type { Changes } from "./render-pass.ts";
import { defaultDomId, type InsertOptions, LiveStream } from "./stream.ts";

/** The streams of a view, by name. */
export type Streams = Readonly<Record<string, LiveStream>>;

/** What every view's assigns hold besides its own. */
export interface BaseAssigns {
  readonly pageTitle?: string;
  readonly streams?: Streams;
}

type StreamsOf<A> = A extends { readonly streams: infer S } ? S : Record<never, never>;
type ItemOf<S> = S extends LiveStream<infer T> ? T : never;

/** An event for the page's hooks: `[name, payload]`, sent with the diff of the same render. */
export type PushedEvent = readonly [name: string, payload: Readonly<Record<string, DiffValue>>];

/** What waits to be sent beside what is rendered. */
export interface Outbox {
  readonly events: readonly PushedEvent[];
  readonly reply: Readonly<Record<string, DiffValue>> | undefined;
}

/**
 * A view's state, as its callbacks see and change it. Methods return the socket, so that callbacks read as
 * pipelines: `socket.assign({ room }).stream("messages", lastTen)`.
 */
export class Socket<A extends object> {
  /** Whether this is the view of an open socket, not of the page sent first. */
  readonly connected: boolean;
  #assigns: A;
  #changes = new Map<string, unknown>();
  #events: PushedEvent[] = [];
  #reply: Readonly<Record<string, DiffValue>> | undefined;
  #redirect: string | undefined;
  #temporary: Partial<A> = {};
  #nextStreamRef = 0;
  readonly #streamPrefix: string;
  readonly #subscribe: (topic: string) => void;

  /** @param options.cid of a live component: its number, which its streams are told apart by. */
  constructor(options: {
    readonly connected: boolean;
    readonly subscribe: (topic: string) => void;
    readonly cid?: number;
  }) {
    this.connected = options.connected;
    this.#subscribe = options.subscribe;
    this.#streamPrefix = options.cid === undefined ? "" : `${options.cid}-`;
    this.#assigns = {} as A;
  }

  /** The values that the template reads. They are complete once `mount` has returned. */
  get assigns(): Readonly<A> {
    return this.#assigns;
  }

  /** Sets assigns. A value equal to the one there changes nothing. */
  assign(values: Partial<A>): this {
    for (const [name, value] of Object.entries(values)) this.#set(name, value);
    return this;
  }

  /**
   * Defines a stream with its first items; on a stream that exists, inserts in bulk.
   *
   * @param options.reset empties the list on the page first.
   * @param options.domId the id of an item's element; default: the stream's name, a hyphen, the item's `id`.
   */
  stream<N extends string & keyof StreamsOf<A>>(
    name: N,
    items: readonly ItemOf<StreamsOf<A>[N]>[],
    options: InsertOptions & {
      readonly reset?: boolean;
      readonly domId?: (item: ItemOf<StreamsOf<A>[N]>) => string;
    } = {},
  ): this {
    const existing = this.#streams[name] as unknown as LiveStream<ItemOf<StreamsOf<A>[N]>> | undefined;
    if (existing === undefined) {
      const domId = options.domId ?? defaultDomId(name);
      const ref = `${this.#streamPrefix}${this.#nextStreamRef++}`;
      return this.#setStream(name, LiveStream.define(ref, items, domId, options.limit ?? null));
    }
    const target = options.reset ? existing.resetting() : existing;
    return this.#setStream(name, target.insertAll(items, options));
  }

  /** Inserts an item, or changes it in place where its id is on the page. */
  streamInsert<N extends string & keyof StreamsOf<A>>(
    name: N,
    item: ItemOf<StreamsOf<A>[N]>,
    options?: InsertOptions,
  ): this {
    return this.#setStream(name, this.#stream<ItemOf<StreamsOf<A>[N]>>(name).insert(item, options));
  }

  /** Deletes an item, of which nothing but what its DOM id is made from need be known. */
  streamDelete<N extends string & keyof StreamsOf<A>>(name: N, item: ItemOf<StreamsOf<A>[N]>): this {
    const stream = this.#stream<ItemOf<StreamsOf<A>[N]>>(name);
    return this.#setStream(name, stream.delete(stream.domId(item)));
  }

  /** Deletes the item whose element has this id. */
  streamDeleteByDomId<N extends string & keyof StreamsOf<A>>(name: N, domId: string): this {
    return this.#setStream(name, this.#stream<ItemOf<StreamsOf<A>[N]>>(name).delete(domId));
  }

  /** Pushes an event to the page's hooks, with the next diff. */
  pushEvent(name: string, payload: Readonly<Record<string, DiffValue>>): this {
    this.#events.push([name, payload]);
    return this;
  }

  /** Answers the event that is being handled. */
  reply(payload: Readonly<Record<string, DiffValue>>): this {
    this.#reply = payload;
    return this;
  }

  /** Sends the browser to another page, by a load. */
  redirect(to: string): this {
    this.#redirect = to;
    return this;
  }

  /** Receives what is broadcast on a topic, in `handleInfo`. Without effect where there is no open socket. */
  subscribe(topic: string): this {
    this.#subscribe(topic);
    return this;
  }

  /** Where the view wants to go instead, if it does. */
  get redirected(): string | undefined {
    return this.#redirect;
  }

  /** Assigns that go back to these values after each render, so that the view does not keep what the page has. */
  temporary(values: Partial<A>): this {
    this.#temporary = { ...this.#temporary, ...values };
    return this.assign(values);
  }

  /** Takes the assigns that were set since the last time. */
  takeChanges(): Changes {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }

  /** Takes the events and the reply that wait to be sent. */
  takeOutbox(): Outbox {
    const outbox = { events: this.#events, reply: this.#reply };
    this.#events = [];
    this.#reply = undefined;
    return outbox;
  }

  /** Forgets what the page has now: the items of streams, and temporary assigns. */
  afterRender(): void {
    const streams = Object.entries(this.#streams);
    const pruned = streams.some(([, stream]) => stream.pending)
      ? { streams: Object.fromEntries(streams.map(([name, stream]) => [name, stream.pruned()])) }
      : {};
    this.#assigns = { ...this.#assigns, ...this.#temporary, ...pruned };
  }

  get #streams(): Streams {
    return (this.#assigns as BaseAssigns).streams ?? {};
  }

  #stream<T>(name: string): LiveStream<T> {
    const stream = this.#streams[name];
    if (stream === undefined)
      throw new Error(`stream "${name}" is not defined: call stream() in mount first`);
    return stream as unknown as LiveStream<T>;
  }

  #setStream<T>(name: string, stream: LiveStream<T>): this {
    this.#set("streams", { ...this.#streams, [name]: stream });
    return this;
  }

  #set(name: string, value: unknown): void {
    const before = (this.#assigns as Record<string, unknown>)[name];
    if (equal(before, value)) return;
    if (!this.#changes.has(name)) this.#changes.set(name, before);
    this.#assigns = { ...this.#assigns, [name]: value };
  }
}
