import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { findPackageJSON } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";

const CLIENT: Readonly<Record<string, string>> = {
  "/phoenix.js": scriptOf("phoenix"),
  "/live_view.js": scriptOf("phoenix_live_view"),
};

function scriptOf(name: string): string {
  const description = findPackageJSON(name, import.meta.url);
  if (description === undefined) throw new Error(`package ${name} is not installed`);
  return join(dirname(description), `priv/static/${name}.min.js`);
}

/** A view that says what it is told to, whoever asks. */
export interface ViewScript {
  /** The tree that a join is answered with, and its HTML in the page over HTTP. */
  readonly rendered: object;
  readonly html: string;
  /** The diffs that events are answered with, by the event's name. Default: nothing. */
  readonly diffs?: Readonly<Record<string, object>>;
  /** Events at which the socket is cut off. */
  readonly cuts?: readonly string[];
}

/** The event by which Chrome says that all that it had to push is on its way. */
export const BARRIER = "__barrier";

/** A web server with some pages of one view each, and what came from them: the payloads of events, and the bodies of forms. */
export class ScriptedView implements AsyncDisposable {
  readonly #http = createServer((request, response) => {
    void this.#respond(request).then(([type, body]) => response.setHeader("content-type", type).end(body));
  });
  readonly #sockets = new WebSocketServer({ server: this.#http });
  readonly #pages: Readonly<Record<string, ViewScript>>;
  readonly #joined = new WeakMap<WebSocket, ViewScript>();
  #events: unknown[] = [];
  #arrived = Promise.withResolvers<void>();
  #posts: string[] = [];
  /** How many joins were answered since the last {@link take}. */
  joins = 0;

  /** @param pages by path */
  constructor(pages: Readonly<Record<string, ViewScript>>) {
    this.#pages = pages;
    this.#sockets.on("connection", (socket) => {
      socket.on("message", (data: Buffer) => this.#answer(socket, data.toString("utf8")));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#http.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Resolves when so many events came, and forms with them, or none for fifteen seconds. */
  async arrived(count: number): Promise<void> {
    while (this.#events.length + this.#posts.length < count) {
      const late = Promise.withResolvers<"late">();
      const timer = setTimeout(() => late.resolve("late"), 15_000);
      const came = await Promise.race([this.#arrived.promise, late.promise]);
      clearTimeout(timer);
      if (came === "late") return;
    }
  }

  /** The payloads of the events that came since the last time, and then the bodies of forms. */
  take(): unknown[] {
    const taken = [...this.#events.filter((payload) => !isBarrier(payload)), ...this.#posts];
    this.#events = [];
    this.#posts = [];
    this.joins = 0;
    return taken;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((done) => this.#http.close(done));
  }

  async #respond(request: IncomingMessage): Promise<[type: string, body: string]> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const path = new URL(request.url ?? "/", "http://x").pathname;
    const client = CLIENT[path];
    if (client !== undefined) return ["text/javascript", readFileSync(client, "utf8")];
    if (path === "/landed") {
      this.#posts.push(`${request.method} ${request.url} ${body}`);
      this.#tell();
      return ["text/html", "<h1>Landed</h1>"];
    }
    return ["text/html", documentOf(this.#pages[path]?.html ?? "")];
  }

  #answer(socket: WebSocket, text: string): void {
    const [joinRef, ref, topic, event, payload] = JSON.parse(text);
    const reply = (response: object) =>
      socket.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status: "ok", response }]));
    if (event === "phx_join") {
      const page = this.#pages[new URL(payload.url).pathname];
      if (page === undefined) throw new Error(`there is no page ${payload.url}`);
      this.#joined.set(socket, page);
      this.joins += 1;
      reply({ rendered: page.rendered, liveview_version: "1.2.10" });
    } else if (event !== "event") {
      reply({});
    } else {
      const { diffs = {}, cuts = [] } = this.#joined.get(socket) ?? {};
      this.#events.push(payload);
      const diff = diffs[payload.event];
      if (cuts.includes(payload.event)) socket.terminate();
      else reply(diff === undefined ? {} : { diff });
      this.#tell();
    }
  }

  #tell(): void {
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers<void>();
  }
}

function isBarrier(payload: unknown): boolean {
  return (payload as { event?: unknown }).event === BARRIER;
}

/** The page over HTTP, with the official client and a hook that says nothing by itself. */
function documentOf(html: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">
<meta name="csrf-token" content="token"></head><body style="margin: 0">
<div id="phx-view" data-phx-main data-phx-session="session" data-phx-static="static">${html}</div>
<script src="/phoenix.js"></script><script src="/live_view.js"></script><script>
  const hooks = { Plain: { mounted() { this.el.hook = this; } } };
  const params = { _csrf_token: "token" };
  window.liveSocket = new LiveView.LiveSocket("/live", Phoenix.Socket, { hooks, params });
  liveSocket.disableDebug();
  liveSocket.connect();
</script></body></html>`;
}
