import { BenchError, UsageError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import { type DeadRender, readDeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import type { FieldValues } from "../page/form-data.ts";
import type { Item } from "../page/item.ts";
import { findLink, type Link } from "../page/link.ts";
import type { ListChange } from "../page/list-change.ts";
import type { LivePage } from "../page/live-page.ts";
import { plainFormRequest } from "../page/plain-form.ts";
import { MOST_RELOADS } from "../protocol/backoff.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { OnEvent, UserChannel } from "./application-channels.ts";
import { CookieJar } from "./cookie-jar.ts";
import { followLink } from "./follow-link.ts";
import { type FrameReport, operationOf } from "./frame-report.ts";
import { type HtmlPage, requestPage } from "./http-client.ts";
import { LiveSession, type SessionOwner } from "./live-session.ts";
import type { ReceivedFrame } from "./live-socket.ts";
import { PageActions } from "./page-actions.ts";
import { PageLoad, type PageLoadRequest } from "./page-load.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";
import { type RecoveryOptions, recoveryOf } from "./recovery.ts";
import type { View } from "./view.ts";
import { tooManyRedirects } from "./view-joiner.ts";

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
export interface SimulatedUserOptions extends RecoveryOptions {
  /** For reports and errors. */
  readonly name: string;
  /** Told of every frame that was received, in order, before the action that it answers resolves. */
  readonly onFrame?: (report: FrameReport) => void;
  /** Told once when the user is cut off without having asked for it, and does not recover by himself. */
  readonly onDown?: (down: UserDown) => void;
}

const NO_ITEMS: readonly Item[] = [];

/** Cookies by which a page tells the next one. Source: `redirect` in live_socket.ts and browser.ts. */
const FLASH_COOKIE = "__phoenix_flash__";
const RELOAD_COOKIE = "__phoenix_reload_status__";

/**
 * A LiveView client at the cost of a socket: fetches the page, joins its views, merges every diff, keeps the
 * list's items in order, and acts through the bindings and links that it finds on the page.
 *
 * In order: {@link get} and {@link submitHtmlForm} to log in, {@link mount}, {@link connect}, actions,
 * {@link leave}, {@link close}. After it was cut off, {@link connect} joins anew.
 */
export class SimulatedUser {
  readonly name: string;
  readonly #population: Population;
  readonly #onFrame: SimulatedUserOptions["onFrame"];
  readonly #jar = new CookieJar();
  readonly #actions: PageActions;
  readonly #owner: SessionOwner;
  /** The page that was fetched last; null once a session has begun on it. */
  #mounted: { readonly url: string; readonly dead: DeadRender } | null = null;
  #session: LiveSession | null = null;
  /** Pages loaded in a row without a view joined. */
  #loads = 0;

  constructor(population: Population, { name, onFrame, onDown, ...recovery }: SimulatedUserOptions) {
    this.#population = population;
    this.name = name;
    this.#onFrame = onFrame;
    this.#actions = new PageActions({
      page: () => this.#joined().views.document(),
      push: (element, pushes) => {
        const session = this.#joined();
        return this.#push(session, session.views.ownerOf(element), pushes);
      },
      go: ({ kind, href }) => {
        const session = this.#joined();
        const to = new URL(href, session.location).href;
        return this.#go(session, { kind: kind === "patch" ? "patch" : "redirect", href: to });
      },
      after: population.after,
    });
    const down = (code: string, message: string) => onDown?.({ user: name, code, message });
    this.#owner = {
      name,
      recovery: recoveryOf(recovery),
      cookie: () => this.#jar.header(),
      filledForms: (page) => this.#actions.filledForms(page),
      merged: (received, change, mergedAt) => this.#report(received, change, mergedAt),
      down,
      load: ({ request }) => {
        this.#load(request, "optional").catch((error: unknown) => {
          if (!(error instanceof BenchError)) throw error;
          if (error.code !== "closed") down(error.code, error.message);
        });
      },
    };
  }

  /** The items of the list, in page order; none before the view is joined. What was seen last stays. */
  get items(): readonly Item[] {
    return this.#session?.views.items ?? NO_ITEMS;
  }

  /** The view that has the list, or else the main one, as it is now; null before it is joined. */
  get page(): LivePage | null {
    return this.#session?.views.page ?? null;
  }

  /** The URL that the user's browser would show; null before a page was mounted. */
  get url(): string | null {
    return this.#mounted?.url ?? this.#session?.location ?? null;
  }

  /** Whether the page is joined and can be acted on. */
  get isJoined(): boolean {
    return this.#session?.isJoined === true;
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
    this.#mounted = { url, dead: page };
    return page;
  }

  /**
   * Opens the socket and joins the views of the mounted page; again after the user was cut off.
   *
   * @throws BenchError with code `socket-refused`, `socket-closed`, `connect-timeout`, `join-refused`, `join-timeout`,
   *   `channel-crashed`, `list-not-found`, or `too-many-redirects`
   */
  async connect(): Promise<void> {
    if (this.#session?.isConnected === true) {
      throw new BenchError(`${this.name} is connected already`, { code: "already-connected" });
    }
    await this.#connect("required");
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
    const session = this.#joined();
    const request = this.#actions.triggeredRequest(session.location);
    if (request === null) return null;
    this.#actions.close();
    await session.unload();
    return requestPage(this.#population.agents, this.#jar, request);
  }

  /**
   * Follows a link: `data-phx-link="patch"` stays in the view, `"redirect"` takes another one on the same socket, and
   * any other loads a page over HTTP. Resolves when the page is there.
   *
   * @throws UsageError if the page has not this link; BenchError as {@link submit} and {@link connect}
   */
  async follow(selector: string): Promise<ActionResult> {
    const session = this.#joined();
    return this.#go(session, findLink(session.views.document(), selector, session.location));
  }

  /**
   * Joins a channel of an application's own on the socket of the views. It ends with the page.
   *
   * @param onEvent told of each event on it that answers nothing
   * @throws BenchError with code `not-joined`, `join-refused`, `join-timeout`, or why the socket ended
   */
  async joinChannel(topic: string, payload: object, onEvent: OnEvent = () => {}): Promise<UserChannel> {
    return this.#joined().applications.join(topic, payload, onEvent);
  }

  /** Leaves all views. Resolves when the server has confirmed it; the socket stays open. */
  async leave(): Promise<void> {
    await this.#joined().leave();
  }

  /** Closes the socket, in whatever state. Resolves when it is closed. */
  async close(): Promise<void> {
    this.#actions.close();
    await this.#session?.close();
  }

  #joined(): LiveSession {
    if (this.#session?.isJoined === true) return this.#session;
    throw new BenchError(`${this.name} has not joined a view`, { code: "not-joined" });
  }

  async #go(session: LiveSession, link: Link): Promise<ActionResult> {
    const { clock } = this.#population;
    const sentAt = clock();
    try {
      return await followLink(session, link, clock);
    } catch (error) {
      if (!(error instanceof PageLoad)) throw error;
      await this.#load(error.request, "optional");
      return { sentAt, repliedAt: clock(), reply: null };
    }
  }

  async #push(session: LiveSession, view: View | null, pushes: readonly EventPush[]): Promise<ActionResult> {
    const results = await Promise.all(pushes.map((payload) => session.push(view, payload)));
    const last = results.at(-1);
    if (last !== undefined) return last;
    throw new UsageError(`${this.name}: the binding pushes nothing to the server`, {
      code: "unsupported-binding",
    });
  }

  async #connect(list: "required" | "optional"): Promise<void> {
    if (this.#mounted !== null) {
      const { url, dead } = this.#mounted;
      this.#session = new LiveSession(this.#population, this.#owner, dead, url);
      this.#mounted = null;
    }
    if (this.#session === null) {
      throw new BenchError(`${this.name} has not mounted a page`, { code: "not-mounted" });
    }
    try {
      await this.#session.connect(list);
      this.#loads = 0;
    } catch (error) {
      if (!(error instanceof PageLoad)) throw error;
      await this.#load(error.request, list);
    }
  }

  /** Leaves the page and loads another one, as a browser does. */
  async #load({ url, flash, reloadToken }: PageLoadRequest, list: "required" | "optional"): Promise<void> {
    this.#loads += 1;
    if (this.#loads > MOST_RELOADS) throw tooManyRedirects(this.name, MOST_RELOADS);
    await this.#session?.unload();
    if (flash !== null) this.#jar.set(FLASH_COOKIE, flash);
    if (reloadToken !== null) this.#jar.set(RELOAD_COOKIE, reloadToken);
    await this.mount(url);
    this.#jar.set(RELOAD_COOKIE, null);
    await this.#connect(list);
  }

  #report(received: ReceivedFrame, change: ListChange, mergedAt: Micros): void {
    const { frame, receivedAt, bytes, text } = received;
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
  }
}
