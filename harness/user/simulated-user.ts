import { BenchError, UsageError } from "../core/errors.ts";
import { realAfter } from "../core/real-time.ts";
import type { Micros } from "../core/units.ts";
import { type DeadRender, readDeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import type { FieldValues } from "../page/form-data.ts";
import type { FilledForm } from "../page/form-recovery.ts";
import type { Item } from "../page/item.ts";
import { type ListChange, noChange } from "../page/list-change.ts";
import { LivePage } from "../page/live-page.ts";
import { plainFormRequest } from "../page/plain-form.ts";
import type { After } from "../page/rate-limit.ts";
import type { ChannelOutput } from "../protocol/channel.ts";
import type { JsonObject } from "../protocol/json.ts";
import { CookieJar } from "./cookie-jar.ts";
import { type FrameReport, operationOf } from "./frame-report.ts";
import { type HtmlPage, requestPage } from "./http-client.ts";
import { joinPayload, socketUrlOf } from "./join-params.ts";
import { LiveSocket, type ReceivedFrame, type SocketOwner } from "./live-socket.ts";
import { PageActions } from "./page-actions.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";

/** Why a user is cut off, told at once. */
export interface UserDown {
  /** The user's name. */
  readonly user: string;
  /**
   * `socket-closed`, `socket-error`, `heartbeat-timeout`, `channel-crashed`, `channel-closed`, `redirected`, or
   * the code of the error that made the user give up, as `protocol`.
   */
  readonly code: string;
  readonly message: string;
}

/** Who a user is, and who is told what happens to him. */
export interface SimulatedUserOptions {
  /** For reports and errors. */
  readonly name: string;
  /** Told of every frame that was received, in order, before the action that it answers resolves. */
  readonly onFrame?: (report: FrameReport) => void;
  /** Told once when the user is cut off without having asked for it. */
  readonly onDown?: (down: UserDown) => void;
  /** What `phx-debounce` and `phx-throttle` wait by. Default: real time. */
  readonly after?: After;
}

const NO_ITEMS: readonly Item[] = [];

/**
 * A LiveView client at the cost of a socket: fetches the page, joins its view, merges every diff, keeps the
 * list's items in order, and acts through the bindings that it finds on the page.
 *
 * In order: {@link get} and {@link submitHtmlForm} to log in, {@link mount}, {@link connect}, actions,
 * {@link leave}, {@link close}. After it was cut off, {@link connect} joins anew.
 */
export class SimulatedUser {
  readonly name: string;
  readonly #population: Population;
  readonly #onFrame: SimulatedUserOptions["onFrame"];
  readonly #onDown: SimulatedUserOptions["onDown"];
  readonly #jar = new CookieJar();
  readonly #actions: PageActions;
  readonly #owner: SocketOwner;
  #url = "";
  #deadRender: DeadRender | null = null;
  #socket: LiveSocket | null = null;
  #page: LivePage | null = null;
  #mounts = 0;
  #attempts = 0;

  constructor(population: Population, { name, onFrame, onDown, after = realAfter }: SimulatedUserOptions) {
    this.#population = population;
    this.name = name;
    this.#onFrame = onFrame;
    this.#onDown = onDown;
    this.#actions = new PageActions({
      page: () => this.#joined().page.document(),
      push: (pushes) => this.#push(this.#joined().socket, pushes),
      clock: population.clock,
      after,
    });
    this.#owner = {
      name,
      take: (received) => this.#take(received),
      patched: (to) => {
        this.#url = new URL(to, this.#url).href;
      },
      down: (code, message) => this.#onDown?.({ user: name, code, message }),
    };
  }

  /** The items of the list, in page order; none before the view is joined. What was seen last stays. */
  get items(): readonly Item[] {
    return this.#page?.items ?? NO_ITEMS;
  }

  /** The page as it is now; null before the view is joined. */
  get page(): LivePage | null {
    return this.#page;
  }

  /** Whether the view is joined and can be acted on. */
  get isJoined(): boolean {
    return this.#socket?.isJoined === true;
  }

  /**
   * Fetches a page over HTTP, with the user's cookies.
   *
   * @param path relative to the population's server
   * @throws UsageError with code `unreachable`
   */
  get(path: string): Promise<HtmlPage> {
    const url = new URL(path, this.#population.baseUrl).href;
    return requestPage(this.#population.agents, this.#jar, { method: "GET", url, body: null });
  }

  /**
   * Fills in and sends a plain HTML form, as a log-in form; its hidden fields go along. Gives the page that
   * it leads to.
   *
   * @throws UsageError if the page has not this form, or the server does not answer
   */
  async submitHtmlForm(options: {
    readonly page: HtmlPage;
    readonly form: string;
    readonly fields: FieldValues;
  }): Promise<HtmlPage> {
    const { html, url } = options.page;
    const request = plainFormRequest(html, url, options.form, options.fields);
    return requestPage(this.#population.agents, this.#jar, request);
  }

  /**
   * Fetches a LiveView page and keeps what it takes to join its view.
   *
   * @throws UsageError with code `not-a-liveview-page`, `http-status` or `unreachable`
   */
  async mount(path: string): Promise<DeadRender> {
    const { url, status, html } = await this.get(path);
    if (status >= 400) throw new UsageError(`GET ${url} answered ${status}`, { code: "http-status" });
    const page = readDeadRender(html, url);
    if (page.kind === "not-live") {
      throw new UsageError(`${url} is not a LiveView page: it lacks ${page.missing}`, {
        code: "not-a-liveview-page",
      });
    }
    this.#url = url;
    this.#deadRender = page;
    return page;
  }

  /**
   * Opens the socket and joins the view of the mounted page; again after the user was cut off.
   *
   * @throws BenchError with code `socket-refused`, `socket-closed`, `join-refused` or `join-timeout`
   */
  async connect(): Promise<void> {
    const page = this.#deadRender;
    if (page === null) throw new BenchError(`${this.name} has not mounted a page`, { code: "not-mounted" });
    if (this.#socket?.isOver === false) {
      throw new BenchError(`${this.name} is connected already`, { code: "already-connected" });
    }
    const counts = { mounts: this.#mounts, attempts: this.#attempts };
    this.#attempts += 1;
    this.#socket = new LiveSocket(this.#population, this.#owner, {
      url: socketUrlOf(this.#population.socketUrl, page, counts),
      origin: this.#population.baseUrl,
      cookie: this.#jar.header(),
      rootId: page.rootId,
      joinPayload: joinPayload(this.#url, page, counts),
    });
    await this.#socket.joined;
    this.#mounts += 1;
    this.#attempts = 0;
  }

  /**
   * Fills in a form of the view and sends it (`phx-submit`). Resolves when the answer was merged. Where something has the
   * focus it is left before and entered again after, as by the official client.
   *
   * @param options.button selector of the button that sends it. Default: the one that Enter presses
   * @throws UsageError if the page has not this form; BenchError `not-joined`, `push-timeout`, `push-refused`,
   *   or the code with which the user was cut off
   */
  submit(
    form: string,
    values: FieldValues,
    options: { readonly button?: string } = {},
  ): Promise<ActionResult> {
    return this.#actions.submit(form, values, options.button ?? null);
  }

  /**
   * Types into one field of a form of the view, or chooses from it (`phx-change`). As {@link submit}; where the field has a
   * `phx-debounce` not before that allows it. Null if nothing was sent: a later change has taken its place, the form was
   * sent, or `phx-throttle` has swallowed it.
   */
  change(form: string, name: string, value: string | readonly string[]): Promise<ActionResult | null> {
    return this.#actions.change(form, name, value);
  }

  /**
   * Clicks what the selector matches (`phx-click`, `phx-click-away`). As {@link change}.
   *
   * @param options.item the DOM id of the item within which to look
   */
  click(selector: string, options: { readonly item?: string } = {}): Promise<ActionResult | null> {
    return this.#actions.click(selector, options.item ?? null);
  }

  /** Goes to an element (`phx-focus`), away from the one where he was (`phx-blur`). As {@link change}. */
  focus(selector: string): Promise<ActionResult | null> {
    return this.#actions.focus(selector);
  }

  /** Leaves an element (`phx-blur`), after what waits for that by its `phx-debounce`. As {@link change}. */
  blur(selector: string): Promise<ActionResult | null> {
    return this.#actions.blur(selector);
  }

  /**
   * Presses a key (`phx-keydown`, `phx-window-keydown`). As {@link change}.
   *
   * @param selector what has the focus; null: nothing but the page
   * @param key as browsers name it: `Escape`
   */
  keydown(selector: string | null, key: string): Promise<ActionResult | null> {
    return this.#actions.press(selector, { type: "keydown", key });
  }

  /** Lets a key go (`phx-keyup`, `phx-window-keyup`). As {@link keydown}. */
  keyup(selector: string | null, key: string): Promise<ActionResult | null> {
    return this.#actions.press(selector, { type: "keyup", key });
  }

  /**
   * Scrolls to the first item of the list (`phx-viewport-top`). As {@link submit}; null if there is nothing
   * more to load, which the server says by taking the binding away.
   *
   * @param options.overruns whether he jumps to the very top at once, which is told by an event more. Default: false
   */
  loadMore(options: { readonly overruns?: boolean } = {}): Promise<ActionResult | null> {
    return this.#actions.scroll(this.#population.reader.selector, "top", options.overruns ?? false);
  }

  /** Scrolls to the last item of the list (`phx-viewport-bottom`). As {@link loadMore}. */
  loadNewer(): Promise<ActionResult | null> {
    return this.#actions.scroll(this.#population.reader.selector, "bottom", false);
  }

  /**
   * Pushes an event as the hook of an element does (`phx-hook`). As {@link submit}.
   *
   * @param options.target a component's id or a selector (`pushEventTo`). Default: the view
   */
  pushHookEvent(
    selector: string,
    event: string,
    payload: JsonObject = {},
    options: { readonly target?: number | string } = {},
  ): Promise<ActionResult> {
    return this.#actions.pushHookEvent(selector, { event, payload, target: options.target ?? null });
  }

  /**
   * Sends a form over HTTP where the view has asked for that (`phx-trigger-action`), and gives the page that it leads to;
   * null where it has not. The socket is closed before, as by the official client.
   *
   * @throws UsageError with code `unreachable`
   */
  async followTriggerAction(): Promise<HtmlPage | null> {
    const request = this.#actions.triggeredRequest(this.#url);
    if (request === null) return null;
    await this.close();
    return requestPage(this.#population.agents, this.#jar, request);
  }

  /** What the user has filled in on the page that he saw last: `recoveryPushes` tells it to the view that comes next. */
  filledForms(): readonly FilledForm[] {
    return this.#page === null ? [] : this.#actions.filledForms(this.#page.document());
  }

  /** Leaves the view. Resolves when the server has confirmed it; the socket stays open. */
  async leave(): Promise<void> {
    await this.#joined().socket.leave();
  }

  /** Closes the socket, in whatever state. Resolves when it is closed. */
  async close(): Promise<void> {
    this.#actions.close();
    await this.#socket?.close();
  }

  #joined(): { readonly socket: LiveSocket; readonly page: LivePage } {
    if (this.#socket?.isJoined === true && this.#page !== null)
      return { socket: this.#socket, page: this.#page };
    throw new BenchError(`${this.name} has not joined a view`, { code: "not-joined" });
  }

  async #push(socket: LiveSocket, pushes: readonly EventPush[]): Promise<ActionResult> {
    const results = await Promise.all(pushes.map((payload) => socket.push(payload.event, payload)));
    const last = results.at(-1);
    if (last !== undefined) return last;
    throw new UsageError(`${this.name}: the binding pushes nothing to the server`, {
      code: "unsupported-binding",
    });
  }

  #take({ frame, outputs, receivedAt, bytes, text }: ReceivedFrame): Micros {
    const change = this.#merge(outputs);
    const mergedAt = this.#population.clock();
    this.#onFrame?.({
      user: this.name,
      receivedAt,
      mergedAt,
      bytes,
      text,
      event: frame.event,
      operation: operationOf(frame, change),
      change,
    });
    return mergedAt;
  }

  /** Brings the page up to date with what came: one diff at most. */
  #merge(outputs: readonly ChannelOutput[]): ListChange {
    for (const output of outputs) {
      if (output.kind === "joined") this.#page = new LivePage(this.#population.reader, output.rendered);
      if (output.kind === "diff" && this.#page !== null) return this.#page.apply(output.diff);
      if (output.kind === "reply" && output.reply.diff !== null && this.#page !== null) {
        return this.#page.apply(output.reply.diff);
      }
    }
    return noChange(this.items);
  }
}
