import type { Document } from "domhandler";
import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { FilledForm } from "../page/form-recovery.ts";
import { MOST_RELOADS } from "../protocol/backoff.ts";
import { type MergedChange, MergedFrame } from "./frame-report.ts";
import { LiveSession, type SessionOwner } from "./live-session.ts";
import { PageLoad, type PageLoadRequest } from "./page-load.ts";
import type { Population } from "./population.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";
import type { ReceivedFrame } from "./socket-owner.ts";
import type { SimulatedUserOptions } from "./user-options.ts";
import { tooManyRedirects } from "./view-joiner.ts";
import { type FetchedPage, Visitor } from "./visitor.ts";

/** Whether one of a page's views has to have the list. */
export type ListNeed = "required" | "optional";

/** The way of one user from page to page: what he loads over HTTP, and the session on the page where he is. */
export class Journey implements SessionOwner {
  readonly visitor: Visitor;
  readonly name: string;
  readonly recovery: Recovery;
  readonly #population: Population;
  readonly #onFrame: SimulatedUserOptions["onFrame"];
  readonly #onDown: SimulatedUserOptions["onDown"];
  readonly #frames: SimulatedUserOptions["frames"];
  readonly #filledForms: SessionOwner["filledForms"];
  /** The page that was fetched last; null once a session has begun on it. */
  #mounted: FetchedPage | null = null;
  #session: LiveSession | null = null;
  /** Pages loaded in a row without a view joined. */
  #loads = 0;
  /** How often he set out for a page. */
  #errands = 0;
  /** Settled when he is on the page for which he set out last. */
  #latest: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param filledForms what the user has typed into the forms of a page */
  constructor(
    population: Population,
    { name, onFrame, onDown, frames, ...recovery }: SimulatedUserOptions,
    filledForms: SessionOwner["filledForms"],
  ) {
    this.visitor = new Visitor(population);
    this.name = name;
    this.recovery = recoveryOf(recovery);
    this.#population = population;
    this.#onFrame = onFrame;
    this.#onDown = onDown;
    this.#frames = frames;
    this.#filledForms = filledForms;
  }

  cookie(): string | null {
    return this.visitor.cookie();
  }

  filledForms(page: Document): readonly FilledForm[] {
    return this.#filledForms(page);
  }

  merged(received: ReceivedFrame, change: MergedChange, mergedAt: Micros): void {
    this.#frames?.take(received, this.#session?.views.lister ?? null);
    this.#onFrame?.(new MergedFrame(this.name, received, change, mergedAt));
  }

  down(code: string, message: string): void {
    this.#onDown?.({ user: this.name, code, message });
  }

  sendTo({ request }: PageLoad): void {
    const loading = this.load(request, "optional");
    loading.catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      // Of several loads at once the last one tells.
      if (!this.#isClosed && loading === this.#latest) this.down(error.code, error.message);
    });
  }

  /** The session on the page where the user is; null before the first one. */
  get session(): LiveSession | null {
    return this.#session;
  }

  /** The URL that the user's browser would show; null before a page was mounted. */
  get url(): string | null {
    return this.#mounted?.url ?? this.#session?.location ?? null;
  }

  /** Fetches a LiveView page. As `Visitor.livePage`. */
  async mount(path: string): Promise<DeadRender> {
    this.#mounted = await this.visitor.livePage(path);
    return this.#mounted.dead;
  }

  /** Begins a session on the page that was mounted, or connects again on the one that there is. */
  async connect(): Promise<void> {
    if (this.#session?.isConnected === true) {
      throw new BenchError(`${this.name} is connected already`, { code: "already-connected" });
    }
    this.#isClosed = false;
    await this.#setOut((check) => this.#arrive("required", check));
  }

  /** Leaves the page and loads another one, as a browser does. As {@link mount} and {@link connect}. */
  load(request: PageLoadRequest, list: ListNeed): Promise<void> {
    return this.#setOut(async (check) => {
      await this.#fetch(request, check);
      await this.#arrive(list, check);
    });
  }

  /** Ends the session, and whatever page is on its way. Resolves when the socket is closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#session?.close();
  }

  /**
   * Gets the user to a page. Where he is sent elsewhere on his way, he goes there: this one ends as the later one does.
   *
   * @param go given what throws once this is not where he is to go any more
   */
  #setOut(go: (check: () => void) => Promise<void>): Promise<void> {
    this.#errands += 1;
    const errand = this.#errands;
    const going = go(() => {
      if (this.#isClosed) throw new BenchError(`${this.name} is closed`, { code: "closed" });
      if (errand !== this.#errands) throw new BenchError(`${this.name} is on another page`, { code: "left" });
    });
    this.#latest = going.catch((error: unknown) => {
      if (this.#isClosed || errand === this.#errands) throw error;
      return this.#latest;
    });
    return this.#latest;
  }

  async #fetch(request: PageLoadRequest, check: () => void): Promise<void> {
    check();
    this.#loads += 1;
    if (this.#loads > MOST_RELOADS) throw tooManyRedirects(this.name, MOST_RELOADS);
    await this.#session?.unload();
    check();
    const mounted = await this.visitor.goTo(request);
    check();
    this.#mounted = mounted;
  }

  /** Connects, by way of the pages that are to be loaded before. */
  async #arrive(list: ListNeed, check: () => void): Promise<void> {
    for (;;) {
      if (this.#mounted !== null && this.#session !== null) {
        await this.#session.close();
        check();
      }
      const session = this.#begin();
      try {
        await session.connect(list);
        this.#loads = 0;
        return;
      } catch (error) {
        if (!(error instanceof PageLoad)) throw error;
        await this.#fetch(error.request, check);
      }
    }
  }

  /** The session on the page that was fetched last. */
  #begin(): LiveSession {
    if (this.#mounted !== null) {
      const { url, dead } = this.#mounted;
      this.#session = new LiveSession(this.#population, this, dead, url);
      this.#mounted = null;
    }
    if (this.#session !== null) return this.#session;
    throw new BenchError(`${this.name} has not mounted a page`, { code: "not-mounted" });
  }
}
