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
import type { KeptFrames } from "../crowd/frame-history.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { findDueToken } from "../load/due-token.ts";
import { type ClockExchange, clockOffset } from "../measure/clock-offset.ts";
import { type Viewer, withText } from "../oracle/check-viewers.ts";
import { compareLists } from "../oracle/compare-lists.ts";
import type { ReferenceDatabase } from "../oracle/reference-database.ts";
import { cursorAfterPage, cursorAtMount, type ViewerCursor } from "../oracle/viewer-cursor.ts";
import { Windows } from "../oracle/windows.ts";
import { createListReader } from "../page/list-reader.ts";
import { MirroredPage } from "./mirrored-page.ts";

/** How long a Chrome may take to show what the database holds; then it is checked as it is. */
const PATIENCE_MS = 3000;
/** The same for one that did not show it the last time: it will hardly have come right. */
const DOUBT_MS = 100;

/** How long a Chrome's DOM may take to show what it was sent. */
const LAG_MS = 1000;

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
  readonly #mirror: MirroredPage;
  #wasRight = true;
  #wasSame = true;

  private constructor(
    options: ChromeViewerOptions,
    page: ChromePage,
    mirror: MirroredPage,
    aheadUs: number,
    cursor: ViewerCursor,
  ) {
    this.name = options.name;
    this.#options = options;
    this.#page = page;
    this.#mirror = mirror;
    this.#aheadUs = aheadUs;
    this.#cursor = cursor;
  }

  /** Opens a page, logs in by the site's forms, and goes to the room. */
  static async open(options: ChromeViewerOptions): Promise<ChromeViewer> {
    const { chrome, name, account, origin, site, mode, roomId, database } = options;
    const { container: list, fields } = site.list;
    const mirror = new MirroredPage(createListReader({ list, fields }), options.clock);
    const page = await chrome.openPage({ name, onFrame: mirror.take });
    await page.reading.watch(site.list.container);
    await page.observeInserts({ container: site.list.container, content: site.list.fields.content ?? null });
    await enterRoom(page, `${origin}${roomPath(site, mode, roomId)}`, logInForms(site, account));
    await page.waitUntilConnected();
    const aheadUs = await offsetOf(page, options.clock);
    return new ChromeViewer(options, page, mirror, aheadUs, await cursorAtMount(database, roomId, options));
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

  /**
   * Reads the page's list, once it is as it should be, or patience ends; at once where nobody knows how that is.
   *
   * @param twin what a simulated user sees who has loaded as much: that is how it should be where there is no database
   */
  async read(twin: readonly ListItem[] | null = null): Promise<void> {
    const { database, site } = this.#options;
    const expected = database === null ? twin : await new Windows(database).of(this.#cursor);
    if (expected === null) {
      this.#list = await this.#page.readList(site.list);
      return;
    }
    const wanted = (items: readonly ListItem[]) => compareLists(expected, items) === undefined;
    const patienceMs = this.#wasRight ? PATIENCE_MS : DOUBT_MS;
    const shown = await this.#page
      .waitForList(site.list, wanted, "show what it should", patienceMs)
      .catch(ifLate);
    this.#wasRight = shown !== undefined;
    this.#list = shown ?? (await this.#page.readList(site.list));
  }

  /** What it saw when it was read last, and what it should have loaded. */
  viewer(): Viewer {
    return { kind: "chrome", who: this.name, cursor: this.#cursor, list: this.#list };
  }

  /**
   * What a simulated page shows that was given the frames of this Chrome, once the DOM is as that is, or it is clear that it
   * will not be; null where no frame of a view with the list was seen.
   *
   * @throws BenchError where a frame could not be taken by that page, though the Chrome took it
   */
  async mirrored(): Promise<readonly ListItem[] | null> {
    const atStart = new Map(await this.#page.appendedAtStart());
    const mirror = this.#mirror;
    const isSame = (items: readonly ListItem[]) => {
      mirror.catchUp(atStart);
      const shown = mirror.items?.map(withText);
      return shown === undefined || compareLists(shown, items.map(withText)) === undefined;
    };
    if (!isSame(this.#list)) {
      const { list } = this.#options.site;
      const patienceMs = this.#wasSame ? LAG_MS : DOUBT_MS;
      const shown = await this.#page
        .waitForList(list, isSame, "show what it was sent", patienceMs)
        .catch(ifLate);
      this.#wasSame = shown !== undefined;
      this.#list = shown ?? (await this.#page.readList(list));
    }
    if (mirror.problem !== null) throw mirror.problem;
    return mirror.items;
  }

  /** The frames that came since everybody was checked last; null where none of a view with the list was seen. */
  keptFrames(): KeptFrames | null {
    return this.#mirror.kept();
  }

  /** Everybody was checked: earlier frames are forgotten. */
  startAnew(): void {
    this.#mirror.startAnew();
  }

  /** Writes a picture of the page, and gives its HTML. */
  async portray(path: `${string}.png`): Promise<string> {
    await this.#page.capture(path);
    return this.#page.html();
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
      recorder.latencies(name, labels).record(micros(sinceDueUs), token.dueUs);
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
