import type { Document } from "domhandler";
import { BenchError, UsageError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import type { FieldValues } from "../page/form-data.ts";
import type { Item } from "../page/item.ts";
import { findLink, type Link } from "../page/link.ts";
import type { LivePage } from "../page/live-page.ts";
import { absoluteUrl } from "../page/url.ts";
import type { JsonObject } from "../protocol/json.ts";
import type { OnEvent, UserChannel } from "./application-channels.ts";
import { followLink } from "./follow-link.ts";
import type { HtmlPage } from "./http-client.ts";
import { Journey } from "./journey.ts";
import type { LiveSession } from "./live-session.ts";
import { PageActions } from "./page-actions.ts";
import { PageLoad } from "./page-load.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";
import type { SimulatedUserOptions } from "./user-options.ts";
import type { View } from "./view.ts";
import type { PlainForm } from "./visitor.ts";

const NO_ITEMS: readonly Item[] = [];

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
  readonly #journey: Journey;
  readonly #actions: PageActions;

  constructor(population: Population, options: SimulatedUserOptions) {
    this.#population = population;
    this.name = options.name;
    this.#actions = new PageActions({
      page: () => this.#joined().views.document(),
      push: async (element, pushes) => {
        const session = this.#joined();
        return this.#push(session, session.views.ownerOf(element), pushes);
      },
      go: async ({ kind, href }) => {
        const session = this.#joined();
        const to = absoluteUrl(href, session.location);
        return this.#go(session, { kind: kind === "patch" ? "patch" : "redirect", href: to });
      },
      after: population.after,
    });
    this.#journey = new Journey(population, options, (page) => this.#actions.filledForms(page));
  }

  /** The items of the list, in page order; none before the view is joined. What was seen last stays. */
  get items(): readonly Item[] {
    return this.#journey.session?.views.items ?? NO_ITEMS;
  }

  /** The view that has the list, or else the main one, as it is now; null before it is joined. */
  get page(): LivePage | null {
    return this.#journey.session?.views.page ?? null;
  }

  /** All views of the page as one DOM, each within its element; null before the page was connected to. */
  get document(): Document | null {
    return this.#journey.session?.views.document() ?? null;
  }

  /** The URL that the user's browser would show; null before a page was mounted. */
  get url(): string | null {
    return this.#journey.url;
  }

  /** Whether the page is joined and can be acted on. */
  get isJoined(): boolean {
    return this.#journey.session?.isJoined === true;
  }

  /** When the heartbeat was sent that is not answered yet; null where all are, undefined where none was sent. */
  get heartbeatSentUs(): Micros | null | undefined {
    return this.#journey.session?.heartbeatSentUs;
  }

  /** The user's cookies, by name: to be kept, and given to the user of that name in a later run. */
  get cookies(): Readonly<Record<string, string>> {
    return this.#journey.visitor.cookies;
  }

  set cookies(cookies: Readonly<Record<string, string>>) {
    this.#journey.visitor.cookies = cookies;
  }

  /**
   * Fetches a page over HTTP, with the user's cookies.
   *
   * @param path relative to the population's server
   * @throws UsageError with code `unreachable`
   */
  get(path: string): Promise<HtmlPage> {
    return this.#journey.visitor.get(path);
  }

  /**
   * Fills in and sends a plain HTML form, as a log-in form; its hidden fields go along. Gives the page that
   * it leads to.
   *
   * @throws UsageError if the page has not this form, or the server does not answer
   */
  submitHtmlForm(options: PlainForm): Promise<HtmlPage> {
    return this.#journey.visitor.submitForm(options);
  }

  /**
   * Fetches a LiveView page and keeps what it takes to join its views.
   *
   * @throws UsageError with code `not-a-liveview-page`, `http-status` or `unreachable`
   */
  mount(path: string): Promise<DeadRender> {
    return this.#journey.mount(path);
  }

  /**
   * Opens the socket and joins the views of the mounted page; again after the user was cut off.
   *
   * @throws BenchError with code `socket-refused`, `socket-closed`, `connect-timeout`, `join-refused`, `join-timeout`,
   *   `channel-crashed`, `list-not-found`, or `too-many-redirects`
   */
  connect(): Promise<void> {
    return this.#journey.connect();
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
    return this.#journey.visitor.request(request);
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

  /**
   * What stands in a field of a form since he typed it; undefined where the page has come to have another value there, or
   * has not the form any more.
   *
   * @throws BenchError with code `not-joined`
   */
  typed(form: string, field: string): string | readonly string[] | undefined {
    return this.#actions.typed(form, field);
  }

  /** Leaves all views. Resolves when the server has confirmed it; the socket stays open. */
  async leave(): Promise<void> {
    await this.#joined().leave();
  }

  /**
   * Reads nothing more from the socket, as a slow consumer: the system's buffers fill, then TCP holds the server back. What
   * he sends is sent, and its answer read no sooner than {@link resumeReading}: an action may end with `push-timeout`. He sends no
   * heartbeats meanwhile, so that a server that hears nothing else from him will close the socket in its time (Phoenix: 60 s),
   * which he hears of when he reads on. Without a socket nothing happens; the next socket is read.
   */
  pauseReading(): void {
    this.#journey.session?.connection.pauseReading();
  }

  /** Reads on, first what has come meanwhile. */
  resumeReading(): void {
    this.#journey.session?.connection.resumeReading();
  }

  /**
   * Cuts the connection at once and without a word to the server, as where a network fails. He recovers if he does so from losses
   * (`reconnect: "backoff"`); else he is cut off, with code `socket-closed`. Without a socket nothing happens.
   */
  drop(): void {
    this.#journey.session?.connection.drop();
  }

  /** Closes the socket, in whatever state. Resolves when it is closed. */
  async close(): Promise<void> {
    this.#actions.close();
    await this.#journey.close();
  }

  #joined(): LiveSession {
    if (this.#journey.session?.isJoined === true) return this.#journey.session;
    throw new BenchError(`${this.name} has not joined a view`, { code: "not-joined" });
  }

  async #go(session: LiveSession, link: Link): Promise<ActionResult> {
    const { clock } = this.#population;
    const sentAt = clock();
    try {
      return await followLink(session, link, clock);
    } catch (error) {
      if (!(error instanceof PageLoad)) throw error;
      await this.#journey.load(error.request, "optional");
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
}
