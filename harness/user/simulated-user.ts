import type { Document, Element } from "domhandler";
import { BenchError, UsageError } from "../core/errors.ts";
import { clickPushes, findClick, viewportTopPushes } from "../page/click.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { EventPush } from "../page/event-push.ts";
import { changePushes, findForm, submitPushes } from "../page/form.ts";
import type { FieldValues } from "../page/form-data.ts";
import type { Item } from "../page/item.ts";
import { findLink } from "../page/link.ts";
import type { LivePage } from "../page/live-page.ts";
import type { OnEvent, UserChannel } from "./application-channels.ts";
import { followLink } from "./follow-link.ts";
import type { HtmlPage } from "./http-client.ts";
import { Journey } from "./journey.ts";
import type { LiveSession } from "./live-session.ts";
import { PageLoad } from "./page-load.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Population } from "./population.ts";
import type { SimulatedUserOptions } from "./user-options.ts";
import type { View } from "./view.ts";
import type { PlainForm } from "./visitor.ts";

const NO_ITEMS: readonly Item[] = [];

/**
 * A LiveView client at the cost of a socket: fetches the page, joins its views, merges every diff, keeps the
 * list's items in order, and acts through the forms, buttons and links that it finds on the page.
 *
 * In order: {@link get} and {@link submitHtmlForm} to log in, {@link mount}, {@link connect}, actions,
 * {@link leave}, {@link close}. After it was cut off, {@link connect} joins anew.
 */
export class SimulatedUser {
  readonly name: string;
  readonly #population: Population;
  readonly #journey: Journey;
  /** Names of the form fields that this user has typed into. */
  readonly #usedFields = new Set<string>();

  constructor(population: Population, options: SimulatedUserOptions) {
    this.#population = population;
    this.name = options.name;
    this.#journey = new Journey(population, options);
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
   * Fills in a form of a view and sends it (`phx-submit`). Resolves when the answer was merged.
   *
   * @throws UsageError if the page has not this form; BenchError `not-joined`, `push-timeout`, `push-refused`,
   *   or the code with which the user was cut off
   */
  submit(form: string, values: FieldValues): Promise<ActionResult> {
    return this.#act((document) => {
      for (const name in values) this.#usedFields.add(name);
      const element = findForm(document, form);
      return [element, submitPushes(element, values)];
    });
  }

  /** Types into one field of a form of a view (`phx-change`). As {@link submit}. */
  change(form: string, name: string, value: string): Promise<ActionResult> {
    return this.#act((document) => {
      const element = findForm(document, form);
      const pushes = changePushes(element, { name, value }, this.#usedFields);
      this.#usedFields.add(name);
      return [element, pushes];
    });
  }

  /**
   * Clicks what the selector matches (`phx-click`). As {@link submit}.
   *
   * @param options.item the DOM id of the item within which to look
   */
  click(selector: string, options: { readonly item?: string } = {}): Promise<ActionResult> {
    return this.#act((document) => {
      const element = findClick(document, selector, options.item ?? null);
      return [element, clickPushes(element)];
    });
  }

  /**
   * Scrolls to the first item of the list (`phx-viewport-top`). As {@link submit}; null if there is nothing
   * more to load, which the server says by taking the binding away.
   */
  async loadMore(): Promise<ActionResult | null> {
    const session = this.#joined();
    const { lister } = session.views;
    const { selector } = this.#population.reader;
    if (lister === null || lister.page === null) {
      throw new UsageError(`the page has no list ${selector}`, { code: "not-on-page" });
    }
    const pushes = viewportTopPushes(lister.page.document(), selector);
    return pushes.length === 0 ? null : this.#push(session, lister, pushes);
  }

  /**
   * Follows a link: `data-phx-link="patch"` stays in the view, `"redirect"` takes another one on the same socket, and
   * any other loads a page over HTTP. Resolves when the page is there.
   *
   * @throws UsageError if the page has not this link; BenchError as {@link submit} and {@link connect}
   */
  async follow(selector: string): Promise<ActionResult> {
    const session = this.#joined();
    const link = findLink(session.views.document(), selector, session.location);
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
    await this.#journey.close();
  }

  #joined(): LiveSession {
    if (this.#journey.session?.isJoined === true) return this.#journey.session;
    throw new BenchError(`${this.name} has not joined a view`, { code: "not-joined" });
  }

  async #act(find: (document: Document) => [Element, readonly EventPush[]]): Promise<ActionResult> {
    const session = this.#joined();
    const [element, pushes] = find(session.views.document());
    return this.#push(session, session.views.ownerOf(element), pushes);
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
