import { RawBrowser, type RawPage } from "../../e2e/raw-client.ts";
import { DrainingSocket } from "./draining-socket.ts";

/** Somebody who is logged in. */
interface Visitor {
  readonly browser: RawBrowser;
  page: RawPage | undefined;
}

/** So many do something at once. */
const AT_ONCE = 32;
/** A round in which frames are missing for so long has failed. */
const PATIENCE_MS = 60_000;

/** Milliseconds from the first to the last of a crowd. */
export interface CrowdTimes {
  readonly mountMs: number;
  readonly joinMs: number;
}

/** Users whose sockets are in views of one page, or at a server that is none of ours; they read and drop. */
export class Crowd {
  readonly #origin: string;
  readonly #visitors: Visitor[] = [];
  #sockets: DrainingSocket[] = [];
  #bytes = 0;
  #enough: { readonly bytes: number; readonly resolve: () => void } | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Logs in `user-0001` and on, until there are so many. @returns how long that took, in milliseconds */
  async logIn(count: number): Promise<number> {
    const startMs = performance.now();
    const missing = Array.from(
      { length: count - this.#visitors.length },
      (_, at) => at + this.#visitors.length,
    );
    await inParallel(missing, async (at) => {
      const browser = new RawBrowser(this.#origin);
      await browser.logIn(`user-${String(at + 1).padStart(4, "0")}`);
      this.#visitors[at] = { browser, page: undefined };
    });
    return performance.now() - startMs;
  }

  /** Fetches a page for each of so many, and joins its view. */
  async join(path: string, count: number): Promise<CrowdTimes> {
    const startMs = performance.now();
    await this.mount(path, count);
    const mountedMs = performance.now();
    await this.rejoin(path, count);
    return { mountMs: mountedMs - startMs, joinMs: performance.now() - mountedMs };
  }

  /** Fetches a page for each of so many. */
  async mount(path: string, count: number): Promise<void> {
    await inParallel(this.#visitors.slice(this.#sockets.length, count), async (visitor) => {
      visitor.page = await visitor.browser.get(path);
      if (visitor.page.status !== 200) throw new Error(`${path} was answered with ${visitor.page.status}`);
    });
  }

  /** Opens the sockets that are missing for so many, and joins the views of their pages. */
  async rejoin(path: string, count: number): Promise<void> {
    const missing = this.#visitors.slice(this.#sockets.length, count);
    const opened: DrainingSocket[] = [];
    await inParallel(missing, async ({ browser, page }, at) => {
      if (page === undefined) throw new Error("a page is joined before it was fetched");
      const query = new URLSearchParams({ _csrf_token: page.csrfToken, vsn: "2.0.0" });
      const url = new URL(`/live/websocket?${query}`, this.#origin);
      const socket = await DrainingSocket.open(url, browser.cookie, this.#onBytes);
      const payload = {
        url: `${this.#origin}${path}`,
        params: {},
        session: page.session,
        static: page.static,
      };
      const answer = socket.next();
      socket.send(JSON.stringify(["1", "1", `lv:${page.id}`, "phx_join", payload]));
      const text = await answer;
      if (!text.includes('"status":"ok"')) throw new Error(`a join was answered with ${text.slice(0, 200)}`);
      opened[at] = socket;
    });
    this.#sockets = [...this.#sockets, ...opened];
  }

  /** Opens sockets at a server that says nothing before it is asked. */
  async connect(count: number): Promise<void> {
    await inParallel(Array.from({ length: count }), async () => {
      this.#sockets.push(await DrainingSocket.open(new URL(this.#origin), "", this.#onBytes));
    });
  }

  /**
   * Has one frame sent to each of the crowd, and waits until all have it: as many bytes as the first of them got.
   *
   * @param cause makes the server send them
   * @returns the text of the first one's frame
   */
  async frame(cause: (first: DrainingSocket) => unknown): Promise<string> {
    const [first] = this.#sockets;
    if (first === undefined) throw new Error("there is nobody");
    this.#bytes = 0;
    const next = first.next();
    await cause(first);
    const text = await next;
    const length = Buffer.byteLength(text);
    const header = length < 126 ? 2 : length <= 0xffff ? 4 : 10;
    await this.#received(this.#sockets.length * (header + length));
    return text;
  }

  /** Closes all sockets; whoever is logged in stays so. */
  async leave(): Promise<void> {
    const sockets = this.#sockets;
    this.#sockets = [];
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  readonly #onBytes = (bytes: number): void => {
    this.#bytes += bytes;
    if (this.#enough !== undefined && this.#bytes >= this.#enough.bytes) this.#enough.resolve();
  };

  async #received(bytes: number): Promise<void> {
    if (this.#bytes < bytes) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#enough = { bytes, resolve };
      const patience = setTimeout(
        () => reject(new Error(`${this.#bytes} of ${bytes} bytes came in ${PATIENCE_MS} ms`)),
        PATIENCE_MS,
      );
      await promise;
      clearTimeout(patience);
      this.#enough = undefined;
    }
    if (this.#bytes !== bytes) throw new Error(`${this.#bytes} bytes came, where ${bytes} were due`);
  }
}

async function inParallel<T>(
  items: readonly T[],
  act: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  const work = async () => {
    for (const [at, item] of waiting) await act(item, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
