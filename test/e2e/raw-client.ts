import { once } from "node:events";
import { WebSocket } from "ws";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";

/** A frame as it came: `[join_ref, ref, topic, event, payload]`. */
export type RawFrame = readonly [string | null, string | null, string, string, Record<string, unknown>];

/** A page as it was fetched, with what a socket needs of it. */
export interface RawPage {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly csrfToken: string;
  /** Undefined where the page carries none. */
  readonly pageToken: string | undefined;
  readonly id: string;
  readonly session: string;
  readonly static: string;
}

/** The least that can talk to the server, with no logic of its own that could hide a mistake of it. */
export class RawBrowser {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** By name. */
  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async get(path: string): Promise<RawPage> {
    return this.#page(await this.#fetch(path, {}));
  }

  async post(path: string, fields: Record<string, string> | URLSearchParams): Promise<RawPage> {
    return this.#page(await this.#fetch(path, { method: "POST", body: new URLSearchParams(fields) }));
  }

  /** Logs in under the name of somebody who was there from the start, or else makes him an account. */
  async logIn(name: string): Promise<void> {
    const { csrfToken: _csrf_token } = await this.get("/log_in");
    const account = { _csrf_token, "user[name]": name, "user[password]": SEED_PASSWORD };
    if ((await this.post("/log_in", account)).status === 303) return;
    const made = await this.post("/register", { ...account, "user[email]": `${name}@people.example` });
    if (made.status !== 303) throw new Error(`${name} could not enter: ${made.status}`);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(`${this.#origin}${path}`, {
      ...init,
      redirect: "manual",
      headers: { cookie: this.cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      if (line.includes("Expires=Thu, 01 Jan 1970")) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  }

  async #page(response: Response): Promise<RawPage> {
    const html = await response.text();
    const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(html)?.[1] ?? "";
    return {
      status: response.status,
      location: response.headers.get("location"),
      html,
      csrfToken: attribute('name="csrf-token" content'),
      pageToken: /name="page-token" data-connect-param="_page_token" content="([^"]*)"/.exec(html)?.[1],
      id: /<\w+ id="(phx-[^"]*)"/.exec(html)?.[1] ?? "",
      session: attribute("data-phx-session"),
      static: attribute("data-phx-static"),
    };
  }
}

/** An open socket, and the frames that came on it, to be taken one by one. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly #frames: RawFrame[] = [];
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      this.#frames.push(JSON.parse(data.toString()) as RawFrame);
      this.#wake();
    });
  }

  /** @throws where the server refuses the upgrade. */
  static async open(
    origin: string,
    options: { cookie: string; csrfToken: string; origin?: string; pageToken?: string | undefined },
  ): Promise<RawSocket> {
    const query = new URLSearchParams({ _csrf_token: options.csrfToken, vsn: "2.0.0" });
    if (options.pageToken !== undefined) query.set("_page_token", options.pageToken);
    const headers = {
      cookie: options.cookie,
      ...(options.origin === undefined ? {} : { origin: options.origin }),
    };
    const socket = new RawSocket(
      new WebSocket(`${origin.replace("http", "ws")}/live/websocket?${query}`, { headers }),
    );
    await once(socket.socket, "open");
    return socket;
  }

  send(frame: RawFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame, waiting for it if need be. */
  async next(): Promise<RawFrame> {
    while (this.#frames.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#frames.shift() as RawFrame;
  }

  /** Joins the view of a page and returns the answer. */
  async join(page: RawPage, url: string): Promise<RawFrame> {
    const payload = { url, params: {}, session: page.session, static: page.static, sticky: false };
    this.send(["1", "1", `lv:${page.id}`, "phx_join", payload]);
    return this.next();
  }

  async close(): Promise<void> {
    if (this.socket.readyState === this.socket.CLOSED) return;
    const closed = once(this.socket, "close");
    this.socket.close();
    await closed;
  }
}
