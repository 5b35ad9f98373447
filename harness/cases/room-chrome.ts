import { setTimeout as sleep } from "node:timers/promises";
import type { ChromePage } from "../browser/chrome-page.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage, ReaderPage } from "../core/room-act.ts";
import type { Site } from "../core/site.ts";
import type { ShownMember } from "../crowd/shown-members.ts";
import type { DelayingLink } from "../load/delaying-link.ts";
import { differs, type Found } from "./judge.ts";
import type { RoomReader, Wanted } from "./room-reader.ts";

const WHAT: Readonly<Record<KeptInPage, string>> = {
  first: "where the message stands that was first",
  scroll: "how far the list is scrolled",
  bottom: "whether the list is at its bottom",
  text: "the text in the form",
  draft: "the draft",
};

const PAUSE_MS = 15;

/** What a reader in Chrome is given. */
export interface RoomChromeOptions {
  readonly page: ChromePage;
  /** Opens an empty page in the same Chrome. */
  readonly openPage: () => Promise<ChromePage>;
  readonly site: Site;
  /** How long a page may take until it is as wanted. */
  readonly patienceMs: number;
  /** The server. */
  readonly origin: string;
  /** The way to it that his first page takes, where he is to fall silent. */
  readonly link: DelayingLink | null;
  /** How often his pages say that they are there, where the server wants to hear of them more often than they do by themselves. */
  readonly heartbeatMs: number | null;
}

/**
 * For so long after it has asked for a page of history the client puts off to ask for the next; then it does so in the scroll
 * event itself. Source: `InfiniteScroll` in hooks.ts.
 */
const THROTTLE_MS = 500;

/** Has a page's own client note the events that it sends, but for those of before, also of what is put off. */
const NOTE_EVENTS = `new Promise((resolve) => setTimeout(resolve, ${THROTTLE_MS})).then(() => void ((globalThis.roomEvents ??= ((socket) => {
  const events = [];
  const { push } = socket;
  socket.push = (message) => {
    if (message.event === "event") events.push(message.payload.event);
    return push.call(socket, message);
  };
  return events;
})(liveSocket.getSocket())).length = 0))`;

/** The next frame, as a promise: what has been scrolled was told before it. A page that nobody sees is given none. */
const FRAME = `new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 1000);
})`;

/** Where an element stands on the screen, as an expression. @param id an expression, too */
const placeOf = (id: string) =>
  `(${id} + " " + Math.round(document.getElementById(${id})?.getBoundingClientRect().top) + " pixels from the top")`;

/** A reader of rooms in Chrome, with the official client. */
export class RoomChrome implements RoomReader {
  readonly who = "Chrome";
  readonly #options: RoomChromeOptions;
  readonly #page: ChromePage;
  readonly #site: Site;
  readonly #patienceMs: number;
  #second: ChromePage | null = null;
  #cookies: ReadonlyMap<string, string> = new Map();
  #noted = "";
  /** The message that was first at the last jump. */
  #first = "";
  /** Of before the last silence, and of second pages that were closed. */
  #formerProblems: readonly string[] = [];
  #problemsBefore = 0;
  #isSilent = false;

  constructor(options: RoomChromeOptions) {
    this.#options = options;
    this.#patienceMs = options.patienceMs;
    this.#page = options.page;
    this.#site = options.site;
  }

  async open(path: string, cookies: Readonly<Record<string, string>>): Promise<void> {
    this.#formerProblems = [];
    this.#problemsBefore = this.#page.problemCount();
    this.#cookies = new Map(Object.entries(cookies));
    const { link, origin } = this.#options;
    await this.#openOn(this.#page, link?.origin ?? origin, path);
  }

  async openSecond(path: string): Promise<void> {
    this.#second = await this.#options.openPage();
    await this.#openOn(this.#second, this.#options.origin, path);
  }

  async closeSecond(): Promise<void> {
    if (this.#second === null) return;
    this.#formerProblems = [...this.#formerProblems, ...problemsOf(this.#second, 0)];
    await this.#second.close();
    this.#second = null;
  }

  follow(link: string): Promise<unknown> {
    return this.#page.evaluate(`document.querySelector(${JSON.stringify(link)}).click()`);
  }

  async history(jump: boolean): Promise<void> {
    const { container } = this.#site.list;
    if (
      await this.#page.evaluate(
        `(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)(${this.#scroller})`,
      )
    )
      return this.#pretendToScroll();
    if (!jump) return this.#page.scrollToTop(container);
    // In one turn: the page of history may come in the next. What was scrolled before has been told by then: the client would
    // be told once of both, and take it for one that leads nowhere.
    const [first, place] = (await this.#page.evaluate(`${FRAME}.then(() => {
      ${this.#scroller}.scrollTop = 0;
      const { id } = document.querySelector(${JSON.stringify(container)}).firstElementChild;
      return [id, ${placeOf("id")}];
    })`)) as [string, string];
    this.#first = first;
    this.#noted = place;
  }

  cut(): Promise<unknown> {
    return this.#page.evaluate("new Promise((done) => liveSocket.disconnect(done))");
  }

  async fallSilent(): Promise<void> {
    this.#formerProblems = this.problems();
    this.#link.freeze();
    this.#isSilent = true;
  }

  async comeBack(): Promise<void> {
    if (!this.#isSilent) {
      await this.#page.evaluate("void liveSocket.connect()");
      await this.#page.waitUntilConnected();
      return;
    }
    // The client notices by a heartbeat that is not answered, and tries to connect.
    await this.#page.waitFor("[data-phx-main]:not(.phx-connected)");
    this.#endSilence();
    await this.#page.waitUntilConnected();
    // A connection that fails is an error on the page, as it must be.
    this.#problemsBefore = this.#page.problemCount();
  }

  /** Ends what a case has left; the first page stays. */
  async close(): Promise<void> {
    await this.closeSecond();
    if (this.#isSilent) this.#endSilence();
  }

  #endSilence(): void {
    this.#isSilent = false;
    this.#link.mend();
  }

  async draft(text: string, caret: number, page: ReaderPage = "first"): Promise<void> {
    const on = this.#on(page);
    await on.type(this.#field, text);
    await on.evaluate(
      `document.querySelector(${JSON.stringify(this.#field)}).setSelectionRange(${caret}, ${caret})`,
    );
  }

  leaveField(): Promise<unknown> {
    return this.#page.evaluate(`document.querySelector(${JSON.stringify(this.#field)}).blur()`);
  }

  /** Scrolls up from where it is, until the page was told: that comes with the next frame, and a message could come before. */
  scrollUp(px: number): Promise<unknown> {
    return this.#page.evaluate(`${FRAME}.then(() => new Promise((resolve, reject) => {
      const scroller = ${this.#scroller};
      scroller.addEventListener("scroll", () => setTimeout(resolve), { once: true });
      setTimeout(reject, ${this.#patienceMs}, new Error("nothing was scrolled"));
      scroller.scrollTop -= ${px};
    }))`);
  }

  async note(kept: KeptInPage): Promise<void> {
    // A jump notes it itself.
    if (kept !== "first") this.#noted = await this.#read(kept);
  }

  async lost(kept: KeptInPage): Promise<Found | null> {
    return differs(WHAT[kept], [this.#noted], [await this.#read(kept)]);
  }

  problems(): readonly string[] {
    return this.#isSilent
      ? this.#formerProblems
      : [...this.#formerProblems, ...problemsOf(this.#page, this.#problemsBefore)];
  }

  countRequests(): Promise<unknown> {
    return this.#page.evaluate(NOTE_EVENTS);
  }

  async requests(): Promise<number> {
    return Number(await this.#page.evaluate("roomEvents.length"));
  }

  async untilMembers(
    wanted: Wanted<ShownMember>,
    page: ReaderPage = "first",
  ): Promise<readonly ShownMember[]> {
    const { members } = this.#site;
    if (members === undefined) return [];
    const on = this.#on(page);
    const [item, name, typing] = [members.item, members.name, members.typing].map((one) =>
      JSON.stringify(one),
    );
    const read = `[...document.querySelectorAll(${item})].map((item) => ({
      name: (item.querySelector(${name})?.textContent ?? "").replace(/\\s+/gu, " ").trim(),
      isTyping: item.querySelector(${typing}) !== null,
    }))`;
    const deadlineMs = performance.now() + this.#patienceMs;
    for (;;) {
      const shown = (await on.evaluate(read)) as readonly ShownMember[];
      if (wanted(shown) || performance.now() >= deadlineMs) return shown;
      await sleep(PAUSE_MS);
    }
  }

  until(wanted: Wanted): Promise<readonly ListItem[]> {
    return this.#page
      .waitForList(this.#site.list, wanted, "show what is stored", this.#patienceMs)
      .catch(() => this.#page.readList(this.#site.list));
  }

  async #openOn(page: ChromePage, origin: string, path: string): Promise<void> {
    const url = `${origin}${path}`;
    await page.setCookies(url, this.#cookies);
    await page.openView(url);
    const { heartbeatMs } = this.#options;
    if (heartbeatMs === null) return;
    await page.evaluate(`((socket) => {
      socket.heartbeatIntervalMs = ${heartbeatMs};
      socket.resetHeartbeat();
    })(liveSocket.getSocket())`);
  }

  /** Where there is nothing to scroll, it is said all the same that it was done; the page has had its frame after it. */
  async #pretendToScroll(): Promise<void> {
    await this.#page.evaluate(`{
      ${this.#scroller}.dispatchEvent(new Event("scroll"));
      ${FRAME};
    }`);
  }

  get #link(): DelayingLink {
    const { link } = this.#options;
    if (link === null) throw new RangeError("the reader in Chrome has no link that could fall silent");
    return link;
  }

  #on(page: ReaderPage): ChromePage {
    const on = page === "first" ? this.#page : this.#second;
    if (on !== null) return on;
    throw new RangeError("a second page is used that was not opened");
  }

  /** Where messages are written. */
  get #field(): string {
    const { form, field } = this.#site.send;
    return `${form} [name="${field}"]`;
  }

  async #read(kept: KeptInPage): Promise<string> {
    const draft = JSON.stringify(this.#field);
    const expressions: Readonly<Record<KeptInPage, string>> = {
      first: placeOf(JSON.stringify(this.#first)),
      scroll: `${this.#scroller}.scrollTop + " pixels scrolled"`,
      bottom: `(({ scrollHeight, scrollTop, clientHeight }) => Math.round(scrollHeight - scrollTop - clientHeight))(${this.#scroller}) + " pixels above the bottom"`,
      text: `document.querySelector(${draft}).value`,
      draft: `(({ value, selectionStart }) => value + ", caret at " + selectionStart + (document.activeElement?.matches(${draft}) ? ", with" : ", without") + " the focus")(document.querySelector(${draft}))`,
    };
    return String(await this.#page.evaluate(expressions[kept]));
  }

  /** What scrolls: the closest one around the list. */
  get #scroller(): string {
    const list = JSON.stringify(this.#site.list.container);
    return `((element) => { while (element !== document.body && !/auto|scroll/.test(getComputedStyle(element).overflowY)) element = element.parentElement; return element; })(document.querySelector(${list}))`;
  }
}

/** What went wrong on a page, but for so many of before. */
const problemsOf = (page: ChromePage, before: number): string[] =>
  page
    .problems()
    .slice(before)
    .map(({ kind, text }) => `${kind}: ${text}`);
