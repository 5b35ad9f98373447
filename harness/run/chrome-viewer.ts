import type { ChromePage } from "../browser/chrome-page.ts";
import type { Chrome } from "../browser/launch.ts";
import type { Account } from "../core/account.ts";
import { BenchError } from "../core/errors.ts";
import type { ListItem } from "../core/list-item.ts";
import { latency, uncorrected } from "../core/metric-names.ts";
import { type ChromeForm, logInForms, roomPath, type Site } from "../core/site.ts";
import type { ScrollManner } from "../core/step.ts";
import { type Clock, micros } from "../core/units.ts";
import type { Attendance } from "../crowd/check-pages.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { findDueToken } from "../load/due-token.ts";
import { type ClockExchange, clockOffset } from "../measure/clock-offset.ts";
import type { Viewer } from "../oracle/check-viewers.ts";
import { compareLists } from "../oracle/compare-lists.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import { Windows } from "../oracle/windows.ts";

/** How long a Chrome may take to show what the database holds; then it is checked as it is. */
const PATIENCE_MS = 3000;
/** The same for one that did not show it the last time: it will hardly have come right. */
const DOUBT_MS = 100;

const CLOCK_QUESTIONS = 9;

/** What a Chrome is opened with. */
export interface ChromeViewerOptions {
  readonly chrome: Chrome;
  /** By which messages are due. */
  readonly clock: Clock;
  /** What failures call it. */
  readonly name: string;
  /** Whom it logs in as. */
  readonly account: Account;
  readonly origin: string;
  readonly site: Site;
  readonly mode: string;
  readonly roomId: number;
  readonly pageSize: number;
  /** See `ViewerCursor`. */
  readonly limit: number | null;
  /** Null where nobody knows what is stored. */
  readonly database: ReferenceDatabase | null;
}

/** A page in Chrome with the official client, in the watched room, and how far back it should see. */
export class ChromeViewer {
  readonly name: string;
  readonly #page: ChromePage;
  /** By how much the page's clock is ahead of this process'. */
  readonly #aheadUs: number;
  readonly #options: ChromeViewerOptions;
  #cursor: ViewerCursor;
  #list: readonly ListItem[] = [];
  #wasRight = true;

  private constructor(options: ChromeViewerOptions, page: ChromePage, aheadUs: number, cursor: ViewerCursor) {
    this.name = options.name;
    this.#options = options;
    this.#page = page;
    this.#aheadUs = aheadUs;
    this.#cursor = cursor;
  }

  /** Opens a page, logs in by the site's forms, and goes to the room. */
  static async open(options: ChromeViewerOptions): Promise<ChromeViewer> {
    const { chrome, name, account, origin, site, mode, roomId, database } = options;
    const page = await chrome.openPage({ name });
    await page.reading.watch(site.list.container);
    await page.observeInserts({ container: site.list.container, content: site.list.fields.content ?? null });
    await enterRoom(page, `${origin}${roomPath(site, mode, roomId)}`, logInForms(site, account));
    await page.waitUntilConnected();
    const aheadUs = await offsetOf(page, options.clock);
    return new ChromeViewer(options, page, aheadUs, await cursorAtMount(database, roomId, options));
  }

  /** The room where it is. */
  get roomId(): number {
    return this.#cursor.roomId;
  }

  /** That it is in its room. */
  get attendance(): Attendance {
    return { name: this.#options.account.name, roomId: this.roomId, isTyping: false };
  }

  /** Its page, for what is looked at beside the list. */
  get page(): ChromePage {
    return this.#page;
  }

  /** How many WebSockets the page has opened. */
  get connections(): number {
    return this.#page.traffic().webSockets;
  }

  /** Reads the page's list, once it is as the database has it, or patience ends; at once where there is none. */
  async read(): Promise<void> {
    const { database, site } = this.#options;
    const expected = database && (await new Windows(database).of(this.#cursor));
    if (expected === null) {
      this.#list = await this.#page.readList(site.list);
      return;
    }
    const wanted = (items: readonly ListItem[]) => compareLists(expected, items) === undefined;
    const patienceMs = this.#wasRight ? PATIENCE_MS : DOUBT_MS;
    const shown = await this.#page
      .waitForList(site.list, wanted, "show what is stored", patienceMs)
      .catch(ifLate);
    this.#wasRight = shown !== undefined;
    this.#list = shown ?? (await this.#page.readList(site.list));
  }

  /** What it saw when it was read last, and what it should have loaded. */
  viewer(): Viewer {
    return { kind: "chrome", who: this.name, cursor: this.#cursor, list: this.#list };
  }

  /** Scrolls to the top, as a person does, and waits for the page of history that this brings. */
  async loadPage(by: ScrollManner = "steps"): Promise<void> {
    const { database, site } = this.#options;
    const expected = await cursorAfterPage(database, this.#cursor);
    const first = this.#list[0]?.id;
    await this.#page.scrollToTop(site.list.container, by);
    if (database === null || expected.oldestId !== this.#cursor.oldestId) {
      const grown = (items: readonly ListItem[]) => items.length > 0 && items[0]?.id !== first;
      await this.#page.waitForList(site.list, grown, "load a page of history", PATIENCE_MS).catch(ifLate);
    }
    this.#cursor = expected;
    await this.read();
    // History is no insert, though it may hold what an earlier run or mode wrote on the same server.
    await this.#page.drainObservations();
  }

  /** How many elements of the list its DOM holds that are not to be seen. */
  countHidden(): Promise<number> {
    return this.#page.countHidden(this.#options.site.list.container);
  }

  /** Takes the times at which the DOM held what was written. Gives the numbers of the messages that came. */
  async takeObservations(recorder: RunRecorder): Promise<number[]> {
    const { mode } = this.#options;
    const { observations } = await this.#page.drainObservations();
    const arrived: number[] = [];
    for (const { kind, content, atUs } of observations) {
      const token = kind === "removed" ? undefined : findDueToken(content);
      if (token === undefined) continue;
      const operation = kind === "added" ? "insert" : "update";
      const labels = { mode, operation };
      const name = latency(operation, "dom");
      const sinceDueUs = atUs - this.#aheadUs - token.dueUs;
      recorder.latencies(name, labels).record(micros(sinceDueUs));
      recorder.latencies(uncorrected(name), labels).record(micros(sinceDueUs - token.lateUs));
      if (kind === "added") arrived.push(token.sequence);
    }
    return arrived;
  }

  /** Checks that nothing went wrong on the page so far, and closes it. */
  async close(step: string, recorder: RunRecorder): Promise<void> {
    const { mode } = this.#options;
    const [problem] = this.#page.problems();
    if (problem === undefined) recorder.checks.pass("console-clean", mode);
    else {
      const message = `${this.name}: ${this.#page.problemCount()} problems, the first: ${problem.kind}: ${problem.text}`;
      const what = { expected: "no problem", actual: problem.kind, message };
      recorder.checks.fail({ kind: "console-clean", mode, step, who: this.name, ...what });
    }
    await this.#page.close();
  }
}

/** Goes to a room. Whoever is not logged in is mostly asked to, and then led there: one page less, with its socket. */
async function enterRoom(page: ChromePage, url: string, forms: readonly ChromeForm[]): Promise<void> {
  const path = () => page.evaluate("location.pathname");
  await page.goto(url).catch(ifLate);
  for (const { path: formPath, ...form } of forms) {
    const isAsked = (await path()) === formPath;
    await page.logIn({ url: isAsked ? url : new URL(formPath, url).href, ...form });
  }
  if ((await path()) !== new URL(url).pathname) await page.goto(url);
}

/** By how much a page's clock is ahead, in microseconds, from a few questions: the one that was answered soonest counts. */
async function offsetOf(page: ChromePage, clock: Clock): Promise<number> {
  const exchanges: ClockExchange[] = [];
  for (let asked = 0; asked < CLOCK_QUESTIONS; asked += 1) {
    const sentUs = clock();
    const thereUs = await page.clockUs();
    exchanges.push({ sentUs, thereReceivedUs: thereUs, thereSentUs: thereUs, answeredUs: clock() });
  }
  return clockOffset(exchanges).offsetUs;
}

/** Undefined for a wait that ended without what was waited for: a check will say so. */
function ifLate(error: unknown): undefined {
  if (!(error instanceof BenchError)) throw error;
}
