import type { ChromePage } from "../browser/chrome-page.ts";
import type { ListItem } from "../core/list-item.ts";
import type { KeptInPage } from "../core/room-act.ts";
import type { Site } from "../core/site.ts";
import { differs, type Found } from "./judge.ts";
import type { RoomReader, Wanted } from "./room-reader.ts";

const WHAT: Readonly<Record<KeptInPage, string>> = {
  first: "where the message stands that was first",
  scroll: "how far the list is scrolled",
  bottom: "whether the list is at its bottom",
  draft: "the draft",
};

/** Where an element stands on the screen, as an expression. @param id an expression, too */
const placeOf = (id: string) =>
  `(${id} + " " + Math.round(document.getElementById(${id})?.getBoundingClientRect().top) + " pixels from the top")`;

/** A reader of rooms in Chrome, with the official client. */
export class RoomChrome implements RoomReader {
  readonly who = "Chrome";
  readonly #page: ChromePage;
  readonly #site: Site;
  readonly #patienceMs: number;
  #noted = "";
  /** The message that was first at the last jump. */
  #first = "";
  #problemsBefore = 0;

  /** @param patienceMs how long a list may take until it is as wanted */
  constructor(page: ChromePage, site: Site, patienceMs: number) {
    this.#patienceMs = patienceMs;
    this.#page = page;
    this.#site = site;
  }

  /** Opens a room's page, with the cookies of somebody who is logged in. */
  async open(url: string, cookies: Readonly<Record<string, string>>): Promise<void> {
    this.#problemsBefore = this.#page.problemCount();
    await this.#page.setCookies(url, new Map(Object.entries(cookies)));
    await this.#page.openView(url);
  }

  follow(link: string): Promise<unknown> {
    return this.#page.evaluate(`document.querySelector(${JSON.stringify(link)}).click()`);
  }

  async history(jump: boolean): Promise<void> {
    const { container } = this.#site.list;
    if (!jump) return this.#page.scrollToTop(container);
    // In one turn: the page of history may come in the next.
    const [first, place] = (await this.#page.evaluate(`{
      ${this.#scroller}.scrollTop = 0;
      const { id } = document.querySelector(${JSON.stringify(container)}).firstElementChild;
      [id, ${placeOf("id")}];
    }`)) as [string, string];
    this.#first = first;
    this.#noted = place;
  }

  cut(): Promise<unknown> {
    return this.#page.evaluate("new Promise((done) => liveSocket.disconnect(done))");
  }

  async comeBack(): Promise<void> {
    await this.#page.evaluate("void liveSocket.connect()");
    await this.#page.waitUntilConnected();
  }

  async draft(text: string, caret: number): Promise<void> {
    const { form, field } = this.#site.send;
    const selector = `${form} [name="${field}"]`;
    await this.#page.type(selector, text);
    await this.#page.evaluate(
      `document.querySelector(${JSON.stringify(selector)}).setSelectionRange(${caret}, ${caret})`,
    );
  }

  /** Scrolls up from where it is, until the page was told: that comes with the next frame, and a message could come before. */
  scrollUp(px: number): Promise<unknown> {
    return this.#page.evaluate(`new Promise((resolve, reject) => {
      const scroller = ${this.#scroller};
      scroller.addEventListener("scroll", () => setTimeout(resolve), { once: true });
      setTimeout(reject, ${this.#patienceMs}, new Error("nothing was scrolled"));
      scroller.scrollTop -= ${px};
    })`);
  }

  async note(kept: KeptInPage): Promise<void> {
    // A jump notes it itself.
    if (kept !== "first") this.#noted = await this.#read(kept);
  }

  async lost(kept: KeptInPage): Promise<Found | null> {
    return differs(WHAT[kept], [this.#noted], [await this.#read(kept)]);
  }

  problems(): readonly string[] {
    return this.#page
      .problems()
      .slice(this.#problemsBefore)
      .map(({ kind, text }) => `${kind}: ${text}`);
  }

  until(wanted: Wanted): Promise<readonly ListItem[]> {
    return this.#page
      .waitForList(this.#site.list, wanted, "show what is stored", this.#patienceMs)
      .catch(() => this.#page.readList(this.#site.list));
  }

  async #read(kept: KeptInPage): Promise<string> {
    const { form, field } = this.#site.send;
    const draft = JSON.stringify(`${form} [name="${field}"]`);
    const expressions: Readonly<Record<KeptInPage, string>> = {
      first: placeOf(JSON.stringify(this.#first)),
      scroll: `${this.#scroller}.scrollTop + " pixels scrolled"`,
      bottom: `(({ scrollHeight, scrollTop, clientHeight }) => Math.round(scrollHeight - scrollTop - clientHeight))(${this.#scroller}) + " pixels above the bottom"`,
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
