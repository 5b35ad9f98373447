import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, CDPSession, Page } from "puppeteer";
import { BenchError, messageOf, UsageError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import type { ScrollManner } from "../core/step.ts";
import type { DrainedObservations, ListQuery, ObservedList } from "./list-query.ts";
import { type PageAct, performAct, pressKeys } from "./page-act.ts";
import { collectProblems, type PageProblem, type ProblemCollector } from "./page-problems.ts";
import { PageReading, type ScrollPlace } from "./page-reading.ts";
import { PageVitals } from "./page-vitals.ts";
import { countTraffic, type SocketTraffic, type TrafficListener } from "./socket-traffic.ts";

/** What a page is opened with. */
export interface PageOptions extends TrafficListener {
  /** What errors call it: `Chrome 1 (stream)`. */
  readonly name: string;
  /**
   * In CSS pixels; `window` for that of a window that a person may change. Default: 1000 x 600, where ten messages of a chat do not
   * fit, so there is something to scroll.
   */
  readonly viewport?: { readonly width: number; readonly height: number } | "window";
  /** How long one wait may take. Default: 15,000. */
  readonly timeoutMs?: number;
}

/** A plain HTML form that logs somebody in. */
export interface LogInForm {
  readonly url: string;
  /** What goes into which field, by selector: `{ "#name": "ada" }`. */
  readonly fields: Readonly<Record<string, string>>;
  /** The button. */
  readonly submit: string;
}

const IN_PAGE = readFileSync(new URL("in-page.js", import.meta.url), "utf8");
const CONNECTED = "[data-phx-main].phx-connected";

/**
 * A page in Chrome, as a person has it, with the page's own unmodified client. Every method throws BenchError
 * `chrome-page`, naming the page and what could not be done, where Chrome or the page does not go along.
 */
export class ChromePage {
  readonly name: string;
  /** What becomes of its reader's place on the screen. */
  readonly reading: PageReading;
  /** How it fares, as Chrome tells it. */
  readonly vitals: PageVitals;
  /** Resolves when it is gone, whoever closed it. Never rejects. */
  readonly closed: Promise<void>;
  readonly #page: Page;
  readonly #context: BrowserContext;
  readonly #timeoutMs: number;
  readonly #problems: ProblemCollector;
  readonly #traffic: () => SocketTraffic;

  private constructor(
    context: BrowserContext,
    page: Page,
    traffic: () => SocketTraffic,
    cdp: CDPSession,
    { name, timeoutMs = 15_000 }: PageOptions,
  ) {
    this.name = name;
    this.#context = context;
    this.#page = page;
    this.#timeoutMs = timeoutMs;
    this.#traffic = traffic;
    this.closed = new Promise((resolve) => page.once("close", () => resolve()));
    this.vitals = new PageVitals(this, cdp);
    this.reading = new PageReading({
      page: this,
      mouse: page.mouse,
      framesSent: () => traffic().framesSent,
    });
    this.#problems = collectProblems(page);
  }

  /** Opens an empty page in a context of its own. Callers use `Chrome.openPage`. */
  static async open(browser: Browser, options: PageOptions): Promise<ChromePage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const { viewport = { width: 1000, height: 600 } } = options;
    await page.setViewport(viewport === "window" ? null : viewport);
    await page.evaluateOnNewDocument(IN_PAGE);
    const traffic = await countTraffic(page, options);
    const opened = new ChromePage(context, page, traffic, await page.createCDPSession(), options);
    await opened.reading.begin();
    await opened.vitals.begin();
    page.setDefaultTimeout(opened.#timeoutMs);
    return opened;
  }

  /** Goes to a plain page and waits until its document was read. An answer of 400 or more is an error. */
  async goto(url: string): Promise<void> {
    await this.#try(`open ${url}`, async () => {
      const response = await this.#page.goto(url, { waitUntil: "domcontentloaded" });
      if (response && response.status() >= 400) throw new Error(`the answer is ${response.status()}`);
    });
  }

  /** Gives the page's browser cookies for a site, by name: those of somebody who has logged in elsewhere. */
  async setCookies(url: string, cookies: ReadonlyMap<string, string>): Promise<void> {
    const named = [...cookies].map(([name, value]) => ({ name, value, domain: new URL(url).hostname }));
    await this.#try(`set cookies for ${url}`, () => this.#context.setCookie(...named));
  }

  /** Logs in as a person does, and waits for the page behind it. */
  async logIn({ url, fields, submit }: LogInForm): Promise<void> {
    await this.goto(url);
    await this.#try(`log in at ${url}`, async () => {
      for (const [selector, value] of Object.entries(fields)) await this.#page.locator(selector).fill(value);
      const [response] = await Promise.all([
        this.#page.waitForNavigation({ waitUntil: "domcontentloaded" }),
        this.#page.click(submit),
      ]);
      if (response && response.status() >= 400) throw new Error(`the answer is ${response.status()}`);
    });
  }

  /**
   * Goes to a LiveView page and waits until its view is connected.
   *
   * @throws UsageError `not-liveview` where there is no view on the page
   */
  async openView(url: string): Promise<void> {
    await this.goto(url);
    if (!(await this.hasView())) {
      throw new UsageError(`${url} is no LiveView page: no element has data-phx-main`, {
        code: "not-liveview",
      });
    }
    await this.waitUntilConnected();
  }

  /** Waits until the page's view is connected, for the first time or again. */
  async waitUntilConnected(): Promise<void> {
    await this.#try("connect its view", () => this.#page.waitForSelector(CONNECTED));
  }

  /** The list as it is now: the children of the container that have an id. */
  async readList(query: ListQuery): Promise<ListItem[]> {
    const items = await this.#call<ListItem[] | null>("readList", query);
    if (items === null) throw this.#error(`read the list: there is no ${query.container}`);
    return items;
  }

  /** How many elements of the list are there and not to be seen: no items, but the DOM keeps them. */
  countHidden(container: string): Promise<number> {
    return this.#call("countHidden", container);
  }

  /** What stood in containers that append or prepend when the document was read: their elements' ids, by their own. */
  appendedAtStart(): Promise<readonly (readonly [container: string, ids: readonly string[]])[]> {
    return this.#call("appendedAtStart");
  }

  /**
   * Waits until the list is as wanted, looking again at each change of the page.
   *
   * @param what is waited for, for the error: `show message 7`
   * @returns the list as it was then
   */
  async waitForList(
    query: ListQuery,
    wanted: (items: readonly ListItem[]) => boolean,
    what: string,
    timeoutMs = this.#timeoutMs,
  ): Promise<ListItem[]> {
    const deadlineMs = performance.now() + timeoutMs;
    await this.#call("watch");
    try {
      let version = -1;
      for (;;) {
        const leftMs = Math.max(0, deadlineMs - performance.now());
        const read = await this.#call<{ version: number; items: ListItem[] | null }>(
          "readListAfter",
          query,
          version,
          leftMs,
        );
        if (read.items && wanted(read.items)) return read.items;
        if (leftMs === 0) throw this.#error(`${what}: not within ${timeoutMs} ms`);
        version = read.version;
      }
    } finally {
      // The page may be gone by now, and its watching with it.
      await this.#call("unwatch").catch(() => {});
    }
  }

  /**
   * Notes from now on when items come, change and go. Call it before `openView`: what is in the document as it was
   * read is the start, and all that comes later is told, older messages that are loaded included.
   */
  async observeInserts(list: ObservedList): Promise<void> {
    const call = `__bench.observe(${JSON.stringify(list)})`;
    await this.#try("observe the list", async () => {
      await this.#page.evaluateOnNewDocument(call);
      if (this.#page.url() !== "about:blank") await this.#page.evaluate(call);
    });
  }

  /** Takes what was noted since the last time, or since the document was read. */
  drainObservations(): Promise<DrainedObservations> {
    return this.#call("drain");
  }

  /**
   * Comes to the top of a list as a reader does who wants to read on: by turns of the wheel, until it is reached or older items
   * have come in, or at once. Who is there already first goes down a notch, as a person does for whom nothing came.
   */
  async scrollToTop(selector: string, by: ScrollManner = "steps"): Promise<void> {
    const start = await this.#scrollState(selector);
    if (start.rangePx <= 0) throw this.#error(`scroll ${selector}: all of it is to be seen`);
    await this.#try(`scroll ${selector}`, () =>
      by === "jumps"
        ? this.reading.jump(selector)
        : this.reading.turnUp(selector, () => this.#scrollState(selector)),
    );
  }

  /**
   * Types a text into a form and sends it: with its button where it has one, else with Enter. Waits for a form that is still being
   * sent: until it is answered the official client takes nothing that is typed.
   */
  async submitMessage(formSelector: string, inputSelector: string, text: string): Promise<void> {
    await this.#try(`submit ${formSelector}`, async () => {
      const form = await this.#page.waitForSelector(formSelector);
      const input = await form?.waitForSelector(`${inputSelector}:not([readonly])`);
      await input?.type(text);
      const button = await form?.$("button[type=submit], button:not([type]), input[type=submit]");
      if (button) await button.click();
      else await input?.press("Enter");
    });
  }

  /** Waits until a selector finds an element. */
  async waitFor(selector: string): Promise<void> {
    await this.#try(`find ${selector}`, () => this.#page.waitForSelector(selector));
  }

  /** Clicks the first element that a selector finds, waiting for one. */
  async click(selector: string): Promise<void> {
    await this.#try(`click ${selector}`, async () => {
      await this.#page.waitForSelector(selector);
      await this.#page.click(selector);
    });
  }

  /** Moves the mouse onto the first element that a selector finds. */
  async hover(selector: string): Promise<void> {
    await this.#try(`point at ${selector}`, () => this.#page.hover(selector));
  }

  /** Goes to the first element that a selector finds, and presses keys there, one after the other: `Enter`, `Shift+Enter`. */
  async press(selector: string, ...keys: readonly string[]): Promise<void> {
    await this.#try(`press ${keys.join(", ")} in ${selector}`, async () => {
      await this.#page.focus(selector);
      for (const key of keys) await pressKeys(this.#page.keyboard, key);
    });
  }

  /** Goes to the first element that a selector finds, and types a text there. */
  async type(selector: string, text: string): Promise<void> {
    await this.#try(`type into ${selector}`, async () => {
      await this.#page.focus(selector);
      await this.#page.keyboard.type(text);
    });
  }

  /** Does one thing on the page, as a person would. */
  async act(act: PageAct): Promise<void> {
    await this.#try(act.written, () => performAct(this.#page, act));
  }

  /** Whether there is a LiveView on the page. */
  async hasView(): Promise<boolean> {
    return (await this.#try("find the view", () => this.#page.$("[data-phx-main]"))) !== null;
  }

  /** The address that it is at. */
  get url(): string {
    return this.#page.url();
  }

  /** Writes a picture of the page, as it is seen in a window of that size, as PNG. The size stays. */
  async screenshot(
    path: `${string}.png`,
    { width, height, dark }: { readonly width: number; readonly height: number; readonly dark: boolean },
  ): Promise<void> {
    await this.#try(`take ${path}`, async () => {
      await this.#page.setViewport({ width, height });
      const value = dark ? "dark" : "light";
      await this.#page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
      await this.#page.evaluate("document.fonts.ready.then(() => {})");
      await this.#page.screenshot({ path });
    });
  }

  /** Writes a picture of the page as it is, as PNG. */
  async capture(path: `${string}.png`): Promise<void> {
    await this.#try(`take ${path}`, () => this.#page.screenshot({ path }));
  }

  /** The HTML of the whole document as it is. */
  html(): Promise<string> {
    return this.#try("read the document", () => this.#page.content());
  }

  /** Has each document that is opened from now on run a script before its own. */
  async runFirst(script: string): Promise<void> {
    await this.#try("add a script", () => this.#page.evaluateOnNewDocument(script));
  }

  /** What the page's clock says, by which it notes what comes: microseconds since the Unix epoch. */
  async clockUs(): Promise<number> {
    const now = "Math.round((performance.timeOrigin + performance.now()) * 1000)";
    return (await this.#try("read the clock", () => this.#page.evaluate(now))) as number;
  }

  /** Evaluates an expression in the page, as its own scripts would, and awaits it where it is a promise. */
  async evaluate(script: string): Promise<unknown> {
    return this.#try("run a script", () => this.#page.evaluate(script));
  }

  /** What went wrong on the page so far, at most the first hundred. */
  problems(): readonly PageProblem[] {
    return this.#problems.problems();
  }

  /** How much went wrong on the page so far. */
  problemCount(): number {
    return this.#problems.count();
  }

  /** What went over the page's WebSockets so far. */
  traffic(): SocketTraffic {
    return this.#traffic();
  }

  /** Closes the page and forgets its cookies. Never throws: a page that is gone is closed. */
  async close(): Promise<void> {
    this.#problems.stop();
    await this.#context.close().catch(() => {});
  }

  async #scrollState(selector: string): Promise<ScrollPlace> {
    const state = await this.#call<ScrollPlace | null>("scrollState", selector);
    if (state === null) throw this.#error(`scroll: there is no ${selector}`);
    return state;
  }

  /** Calls a function of `in-page.js`; arguments and result travel as JSON. */
  #call<Result>(name: string, ...args: readonly unknown[]): Promise<Result> {
    const call = `__bench.${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
    return this.#try(name, async () => (await this.#page.evaluate(call)) as Result);
  }

  async #try<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      throw error instanceof BenchError ? error : this.#error(`${what}: ${messageOf(error)}`, error);
    }
  }

  #error(what: string, cause?: unknown): BenchError {
    const problem = this.problems()[0];
    const hint = problem ? `; the page had a ${problem.kind}: ${problem.text}` : "";
    return new BenchError(`${this.name} could not ${what}${hint}`, { code: "chrome-page", cause });
  }
}
