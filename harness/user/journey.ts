import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import type { DeadRender } from "../page/dead-render.ts";
import type { ListChange } from "../page/list-change.ts";
import { MOST_RELOADS } from "../protocol/backoff.ts";
import { operationOf } from "./frame-report.ts";
import { LiveSession, type SessionOwner } from "./live-session.ts";
import { PageLoad, type PageLoadRequest } from "./page-load.ts";
import type { Population } from "./population.ts";
import { recoveryOf } from "./recovery.ts";
import type { ReceivedFrame } from "./socket-owner.ts";
import type { SimulatedUserOptions } from "./user-options.ts";
import { tooManyRedirects } from "./view-joiner.ts";
import { type FetchedPage, Visitor } from "./visitor.ts";

/** Whether one of a page's views has to have the list. */
export type ListNeed = "required" | "optional";

/** The way of one user from page to page: what he loads over HTTP, and the session on the page where he is. */
export class Journey {
  readonly visitor: Visitor;
  readonly #name: string;
  readonly #population: Population;
  readonly #onFrame: SimulatedUserOptions["onFrame"];
  readonly #owner: SessionOwner;
  /** The page that was fetched last; null once a session has begun on it. */
  #mounted: FetchedPage | null = null;
  #session: LiveSession | null = null;
  /** Pages loaded in a row without a view joined. */
  #loads = 0;
  #isClosed = false;

  /** @param filledForms what the user has typed into the forms of a page */
  constructor(
    population: Population,
    { name, onFrame, onDown, ...recovery }: SimulatedUserOptions,
    filledForms: SessionOwner["filledForms"],
  ) {
    this.visitor = new Visitor(population);
    this.#name = name;
    this.#population = population;
    this.#onFrame = onFrame;
    const down = (code: string, message: string) => onDown?.({ user: name, code, message });
    this.#owner = {
      name,
      recovery: recoveryOf(recovery),
      cookie: () => this.visitor.cookie(),
      filledForms,
      merged: (received, change, mergedAt) => this.#report(received, change, mergedAt),
      down,
      load: ({ request }) => {
        this.load(request, "optional").catch((error: unknown) => {
          if (!(error instanceof BenchError)) throw error;
          if (error.code !== "closed") down(error.code, error.message);
        });
      },
    };
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
      throw new BenchError(`${this.#name} is connected already`, { code: "already-connected" });
    }
    this.#isClosed = false;
    await this.#connect("required");
  }

  /** Leaves the page and loads another one, as a browser does. As {@link mount} and {@link connect}. */
  async load(request: PageLoadRequest, list: ListNeed): Promise<void> {
    this.#loads += 1;
    if (this.#loads > MOST_RELOADS) throw tooManyRedirects(this.#name, MOST_RELOADS);
    await this.#session?.unload();
    this.#mounted = await this.visitor.goTo(request);
    if (this.#isClosed) throw new BenchError(`${this.#name} is closed`, { code: "closed" });
    await this.#connect(list);
  }

  /** Ends the session, and whatever page is on its way. Resolves when the socket is closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#session?.close();
  }

  async #connect(list: ListNeed): Promise<void> {
    if (this.#mounted !== null) {
      const { url, dead } = this.#mounted;
      this.#session = new LiveSession(this.#population, this.#owner, dead, url);
      this.#mounted = null;
    }
    if (this.#session === null) {
      throw new BenchError(`${this.#name} has not mounted a page`, { code: "not-mounted" });
    }
    try {
      await this.#session.connect(list);
      this.#loads = 0;
    } catch (error) {
      if (!(error instanceof PageLoad)) throw error;
      await this.load(error.request, list);
    }
  }

  #report(received: ReceivedFrame, change: ListChange, mergedAt: Micros): void {
    const { frame, receivedAt, bytes, text } = received;
    this.#onFrame?.({
      user: this.#name,
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
