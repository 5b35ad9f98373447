import type { DiffValue } from "./diff.ts";
import { equal } from "./equal.ts";
import { type Flash, NO_FLASH, withoutKind } from "./flash.ts";
import type { ComponentAssigns, LiveComponent } from "./live-component.ts";
import {
  type LiveNavigationOptions,
  liveNavigation,
  type Navigation,
  type RedirectTarget,
  redirection,
} from "./navigation.ts";
import type { Changes } from "./render-pass.ts";
import type { SafeHtml } from "./safe-html.ts";
import type { ConnectParams, LiveRenderOptions, SocketOptions } from "./socket-options.ts";
import { defaultDomId, type InsertOptions, LiveStream } from "./stream.ts";
import type { AnyView } from "./view.ts";

/** The streams of a view, by name. */
export type Streams = Readonly<Record<string, LiveStream>>;

/** What every view's assigns hold besides its own. */
export interface BaseAssigns {
  readonly pageTitle?: string;
  readonly streams?: Streams;
  /** Messages for the reader, by kind. Always there; empty at first. */
  readonly flash?: Flash;
  /** What the route names as its action; undefined where it names none, or where there is no route. */
  readonly liveAction?: string | undefined;
}

type StreamsOf<A> = A extends { readonly streams: infer S } ? S : Record<never, never>;
type ItemOf<S> = S extends LiveStream<infer T> ? T : never;

/** An event for the page's hooks: `[name, payload]`, sent with the diff of the same render. */
export type PushedEvent = readonly [name: string, payload: Readonly<Record<string, DiffValue>>];

const NO_EVENTS: readonly PushedEvent[] = [];
const NO_CHANGES: Changes = new Map();
const NO_STREAMS: Streams = {};

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
  readonly #assigns: A;
  /** Undefined while nothing has changed: most views of a full server wait. */
  #changes: Map<string, unknown> | undefined;
  #events: readonly PushedEvent[] = NO_EVENTS;
  #reply: Readonly<Record<string, DiffValue>> | undefined;
  #navigation: Navigation | undefined;
  #changedFlash: Flash = NO_FLASH;
  #uri: URL | undefined;
  #temporary: Partial<A> | undefined;
  #nextStreamRef = 0;
  /** The streams as they are between renders: kept, so that a render leaves nothing new behind. */
  #idleStreams: Streams = NO_STREAMS;
  readonly #options: SocketOptions;
  readonly #newKeys: string[] = [];

  constructor(options: SocketOptions) {
    this.connected = options.connected;
    this.#options = options;
    this.#uri = options.uri;
    this.#assigns = { flash: options.flash ?? NO_FLASH, liveAction: options.liveAction } as BaseAssigns as A;
  }

  /** The DOM id of the view's element; empty where it has none yet. */
  get id(): string {
    return this.#options.id ?? "";
  }

  /** The page's address: of the last `handleParams`. Undefined where the view is at no route. */
  get uri(): URL | undefined {
    return this.#uri;
  }

  /** What the client gave when it joined; undefined where there is no open socket. */
  get connectParams(): ConnectParams | undefined {
    return this.connected ? (this.#options.connectParams ?? {}) : undefined;
  }

  /** The values that the template reads. They are complete once `mount` has returned. */
  get assigns(): Readonly<A> {
    return this.#assigns;
  }

  /** Sets assigns. A value equal to the one there changes nothing. */
  assign(values: Partial<A>): this {
    for (const name in values) this.#set(name, values[name]);
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
      const { cid } = this.#options;
      const ref = `${cid === undefined ? "" : `${cid}-`}${this.#nextStreamRef++}`;
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

  /** Pushes an event to the page's hooks, with the next diff. */
  pushEvent(name: string, payload: Readonly<Record<string, DiffValue>>): this {
    this.#events = [...this.#events, [name, payload]];
    return this;
  }

  /**
   * Runs something once the diff with what has changed so far was sent, or once it is known that there is none. In an
   * answer to an event or a join, that is after the answer. It must leave the socket as it is: nothing is rendered
   * after it. One that throws takes the view down. Where the view goes elsewhere instead, and where there is no open
   * socket, it never runs.
   */
  afterDiff(callback: () => void): this {
    this.#options.afterDiff?.(callback);
    return this;
  }

  /**
   * Has the page carry a signed id of its own, by which its channels and its views find each other. To be called in
   * `mount`; over an open socket it changes nothing any more.
   */
  identifyPage(): this {
    this.#options.identifyPage?.();
    return this;
  }

  /**
   * What tells this page on this socket from all others: the id that was signed into the page, and the number of the
   * socket, as a page may have lost one that the server still takes for open. Undefined where the page carries no id.
   */
  get pageId(): string | undefined {
    return this.#options.pageId;
  }

  /** Answers the event that is being handled. */
  reply(payload: Readonly<Record<string, DiffValue>>): this {
    this.#reply = payload;
    return this;
  }

  /**
   * Sends the browser to another page, by a load: of this server (`to`) or elsewhere (`external`).
   *
   * @throws Error for a path or a scheme that is not safe, and where the view is on its way already.
   */
  redirect(target: RedirectTarget): this {
    return this.#navigate(redirection(target));
  }

  /** Goes to another view of the live session, without a load. @throws as {@link redirect} does. */
  pushNavigate(to: string, options?: LiveNavigationOptions): this {
    return this.#navigate(liveNavigation("live_redirect", to, options));
  }

  /** Gives this view another address: `handleParams` runs with it. @throws as {@link redirect} does. */
  pushPatch(to: string, options?: LiveNavigationOptions): this {
    return this.#navigate(liveNavigation("live_patch", to, options));
  }

  /** Leaves a message for the reader in `assigns.flash`: here, or on the page that the view goes to. */
  putFlash(kind: string, message: string): this {
    this.#changedFlash = { ...this.#changedFlash, [kind]: message };
    return this.#setFlash({ ...this.flash, [kind]: message });
  }

  /** Takes the messages away, or the one of a kind. */
  clearFlash(kind?: string): this {
    if (kind === undefined) return this.#setFlash(NO_FLASH);
    this.#changedFlash = withoutKind(this.#changedFlash, kind);
    return this.#setFlash(withoutKind(this.flash, kind));
  }

  /** Sets an assign that is not there yet: to the parent's of that name, where it has one, or to what is computed. */
  assignNew<N extends string & keyof A>(name: N, compute: () => A[N]): this {
    if (name in this.#assigns) return this;
    this.#newKeys.push(name);
    const { inherited } = this.#options;
    const value = inherited !== undefined && Object.hasOwn(inherited, name) ? inherited[name] : compute();
    this.#set(name, value);
    return this;
  }

  /**
   * Another view, to be put into an assign and from there into the template. On the page that is sent first it is
   * rendered in full, with the assigns that this view has so far; over an open socket its element is empty, and the
   * client joins it.
   *
   * @throws Error where the view is rendered without a server around it.
   */
  liveRender(view: AnyView, options: LiveRenderOptions): Promise<SafeHtml> {
    if (this.#options.liveRender === undefined)
      throw new Error("this socket renders no views within its own");
    return this.#options.liveRender(view, options);
  }

  /** Receives what is broadcast on a topic, in `handleInfo`. Without effect where there is no open socket. */
  subscribe(topic: string): this {
    this.#options.subscribe(topic);
    return this;
  }

  /** Receives no more of what is broadcast on a topic. What is on its way already still comes. */
  unsubscribe(topic: string): this {
    this.#options.unsubscribe(topic);
    return this;
  }

  /**
   * Gives a live component of the view something else than its template did, once this callback is over: what changed
   * in it goes out in a frame of its own. Without effect where none of that kind and id is there any more.
   *
   * Source: `send_update/3`; `update_component` in `lib/phoenix_live_view/diff.ex`.
   *
   * @param attributes what its `update` is given: those that are to change.
   */
  sendUpdate<C extends ComponentAssigns, P extends object>(
    component: LiveComponent<C, P>,
    id: string | number,
    attributes: Partial<P>,
  ): this {
    this.#options.sendUpdate?.({ component, id, attributes: { ...attributes } });
    return this;
  }

  /** Gives the view a message for its `handleInfo`, as `send(self(), message)` does in a live component. */
  tellView(message: unknown): this {
    this.#options.tellView?.(message);
    return this;
  }

  /** Where the view wants to go instead, if it does. */
  get navigation(): Navigation | undefined {
    return this.#navigation;
  }

  /** All messages for the reader. */
  get flash(): Flash {
    return (this.#assigns as BaseAssigns).flash ?? NO_FLASH;
  }

  /** The messages that were put since the last render. */
  get changedFlash(): Flash {
    return this.#changedFlash;
  }

  /** The names that were given to `assignNew`: what a child asks its parent for when it joins. */
  get newKeys(): readonly string[] {
    return this.#newKeys;
  }

  /** Stays after all, or goes to this address of its own; for the process that the view lives in. */
  arrive(at?: { readonly uri: URL; readonly liveAction: string | undefined; readonly flash: Flash }): void {
    this.#navigation = undefined;
    if (at === undefined) return;
    this.#uri = at.uri;
    this.#set("liveAction", at.liveAction);
    this.#setFlash(at.flash);
  }

  /** Goes where another view of the page has sent this one; for the process that the view lives in. */
  depart(navigation: Navigation): void {
    this.#navigation = navigation;
  }

  /** Assigns that go back to these values after each render, so that the view does not keep what the page has. */
  temporary(values: Partial<A>): this {
    this.#temporary = { ...this.#temporary, ...values };
    return this.assign(values);
  }

  /** Takes the assigns that were set since the last time. */
  takeChanges(): Changes {
    const changes = this.#changes ?? NO_CHANGES;
    this.#changes = undefined;
    return changes;
  }

  /** Takes the events and the reply that wait to be sent. */
  takeOutbox(): Outbox {
    const outbox = { events: this.#events, reply: this.#reply };
    this.#events = NO_EVENTS;
    this.#reply = undefined;
    this.#changedFlash = NO_FLASH;
    return outbox;
  }

  /** Takes the events that were pushed, and nothing else: they reach the page before it goes elsewhere. */
  takeEvents(): readonly PushedEvent[] {
    const events = this.#events;
    this.#events = NO_EVENTS;
    return events;
  }

  /** Forgets what the page has now: the items of streams, and temporary assigns. */
  afterRender(): void {
    if (this.#temporary !== undefined) Object.assign(this.#assigns, this.#temporary);
    const streams = this.#streams;
    if (streams === this.#idleStreams) return;
    let idle = this.#idleStreams;
    for (const name in streams) {
      const pruned = streams[name]?.pruned();
      if (pruned !== undefined && idle[name] !== pruned) idle = { ...idle, [name]: pruned };
    }
    this.#idleStreams = idle;
    (this.#assigns as { streams?: Streams }).streams = idle;
  }

  get #streams(): Streams {
    return (this.#assigns as BaseAssigns).streams ?? NO_STREAMS;
  }

  #stream<T>(name: string): LiveStream<T> {
    const stream = this.#streams[name];
    if (stream === undefined)
      throw new Error(`stream "${name}" is not defined: call stream() in mount first`);
    return stream as unknown as LiveStream<T>;
  }

  #navigate(navigation: Navigation): this {
    if (this.#navigation !== undefined) {
      throw new Error(`the view is already on its way to ${JSON.stringify(this.#navigation.to)}`);
    }
    this.#navigation = navigation;
    return this;
  }

  #setFlash(flash: Flash): this {
    this.#set("flash", flash);
    return this;
  }

  #setStream<T>(name: string, stream: LiveStream<T>): this {
    // A stream is never equal to what it was.
    this.#change("streams", this.#streams, { ...this.#streams, [name]: stream });
    return this;
  }

  #set(name: string, value: unknown): void {
    const before = (this.#assigns as Record<string, unknown>)[name];
    if (!equal(before, value)) this.#change(name, before, value);
  }

  #change(name: string, before: unknown, value: unknown): void {
    this.#changes ??= new Map();
    if (!this.#changes.has(name)) this.#changes.set(name, before);
    (this.#assigns as Record<string, unknown>)[name] = value;
  }
}
