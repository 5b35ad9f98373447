import { UsageError } from "../core/errors.ts";
import { type DeadRender, readDeadRender } from "../page/dead-render.ts";
import type { FieldValues } from "../page/form-data.ts";
import { type PlainFormRequest, plainFormRequest } from "../page/plain-form.ts";
import { CookieJar } from "./cookie-jar.ts";
import { type HtmlPage, requestPage } from "./http-client.ts";
import type { PageLoadRequest } from "./page-load.ts";
import type { Population } from "./population.ts";

/** A LiveView page as it came over HTTP. */
export interface FetchedPage {
  readonly url: string;
  readonly dead: DeadRender;
}

/** A plain HTML form, and what is typed into it. */
export interface PlainForm {
  readonly page: HtmlPage;
  /** CSS selector of the form. */
  readonly form: string;
  readonly fields: FieldValues;
}

/** Cookies by which a page tells the next one. Source: `redirect` in live_socket.ts and browser.ts. */
const FLASH_COOKIE = "__phoenix_flash__";
const RELOAD_COOKIE = "__phoenix_reload_status__";

/** What one user does over HTTP, with his cookies. */
export class Visitor {
  readonly #population: Population;
  readonly #jar = new CookieJar();

  constructor(population: Population) {
    this.#population = population;
  }

  /** The `Cookie` header of what he requests; null while there are no cookies. */
  cookie(): string | null {
    return this.#jar.header();
  }

  /** His cookies, by name. */
  get cookies(): Readonly<Record<string, string>> {
    return this.#jar.all();
  }

  set cookies(cookies: Readonly<Record<string, string>>) {
    this.#jar.replace(cookies);
  }

  /**
   * Fetches a page.
   *
   * @param path relative to the population's server
   * @throws UsageError with code `unreachable` or `too-many-redirects`
   */
  get(path: string): Promise<HtmlPage> {
    const url = new URL(path, this.#population.baseUrl).href;
    return requestPage(this.#population.agents, this.#jar, { method: "GET", url, body: null });
  }

  /** Sends a form that has been filled in; gives the page that it leads to. As {@link get}. */
  request(form: PlainFormRequest): Promise<HtmlPage> {
    return requestPage(this.#population.agents, this.#jar, form);
  }

  /** Fills in and sends a form; gives the page that it leads to. As {@link get}, and if the page has not this form. */
  async submitForm({ page, form, fields }: PlainForm): Promise<HtmlPage> {
    return this.request(plainFormRequest(page.html, page.url, form, fields));
  }

  /**
   * Fetches a LiveView page, and finds what it takes to join its views.
   *
   * @throws UsageError as {@link get}, or with code `not-a-liveview-page` or `http-status`
   */
  async livePage(path: string): Promise<FetchedPage> {
    const { url, status, html } = await this.get(path);
    if (status >= 400) throw new UsageError(`GET ${url} answered ${status}`, { code: "http-status" });
    const dead = readDeadRender(html, url);
    const { connectParams } = this.#population;
    if (dead.kind === "live")
      return { url, dead: { ...dead, connectParams: { ...connectParams, ...dead.connectParams } } };
    throw new UsageError(`${url} is not a LiveView page: it lacks ${dead.missing}`, {
      code: "not-a-liveview-page",
    });
  }

  /** Goes to a page as a script of the former one does. As {@link livePage}. */
  async goTo({ url, flash, reloadToken }: PageLoadRequest): Promise<FetchedPage> {
    if (flash !== null) this.#jar.set(FLASH_COOKIE, flash);
    if (reloadToken !== null) this.#jar.set(RELOAD_COOKIE, reloadToken);
    const page = await this.livePage(url);
    this.#jar.set(RELOAD_COOKIE, null);
    return page;
  }
}
