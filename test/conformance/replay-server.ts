import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { EVENT, SOCKET_TOPIC } from "../../harness/protocol/wire-keys.ts";
import { OFFICIAL_PACKAGES, type OfficialVersion } from "../official/rendered.ts";

/** A frame, parsed: `[join_ref, ref, topic, event, payload]`. */
export type WireFrame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

const PACKAGES = new URL("../../node_modules/", import.meta.url);
const VIEW_ID = "phx-replayed";

/**
 * A server for the official client, unmodified, that says nothing by itself but what the socket's life takes: the
 * test hands it the frames, one by one.
 */
export class ReplayServer implements AsyncDisposable {
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  #pushed: WireFrame[] = [];
  #waiting: ((frame: WireFrame) => void) | null = null;

  constructor() {
    this.#http = createServer(({ url = "" }, response) => {
      const [, kind, version] = url.split(/[/?]/u);
      const isVersion = version !== undefined && version in OFFICIAL_PACKAGES;
      const body = isVersion ? answer(kind, version as OfficialVersion) : null;
      if (body === null) response.writeHead(404).end();
      else response.setHeader("content-type", body.type).end(body.text);
    });
    this.#sockets = new WebSocketServer({ server: this.#http });
    this.#sockets.on("connection", (socket) => {
      socket.on("message", (data: Buffer) => this.#take(socket, JSON.parse(data.toString("utf8"))));
    });
  }

  /** Its origin. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** The next frame that the client sends, heartbeats aside. */
  nextPush(): Promise<WireFrame> {
    const first = this.#pushed.shift();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Says something to the client. */
  send(frame: WireFrame): void {
    for (const socket of this.#sockets.clients) socket.send(JSON.stringify(frame));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #take(socket: WebSocket, frame: WireFrame): void {
    const [, ref, topic] = frame;
    if (topic === SOCKET_TOPIC) {
      socket.send(JSON.stringify([null, ref, topic, EVENT.reply, { status: "ok", response: {} }]));
    } else if (this.#waiting === null) {
      this.#pushed.push(frame);
    } else {
      this.#waiting(frame);
      this.#waiting = null;
    }
  }
}

function answer(kind: string | undefined, version: OfficialVersion): { type: string; text: string } | null {
  const script = (path: string) => ({
    type: "text/javascript",
    text: readFileSync(new URL(path, PACKAGES), "utf8"),
  });
  switch (kind) {
    case "page":
      return { type: "text/html; charset=utf-8", text: page(version) };
    case "phoenix":
      return script("phoenix/priv/static/phoenix.min.js");
    case "live-view":
      return script(`${OFFICIAL_PACKAGES[version]}/priv/static/phoenix_live_view.min.js`);
    case "replay":
      return script("../test/conformance/replay-page.js");
    default:
      return null;
  }
}

/** The page is never laid out, so nothing scrolls, and no `phx-viewport-top` fires, unless the recording says so. */
function page(version: OfficialVersion): string {
  return `<!doctype html>
<html>
  <head>
    <meta charset="utf-8">
    <meta name="csrf-token" content="none">
    <link rel="icon" href="data:,">
    <style>body { display: none; }</style>
    <title>replay</title>
  </head>
  <body>
    <div id="${VIEW_ID}" data-phx-main data-phx-session="session" data-phx-static="static"></div>
    <script src="/phoenix/${version}"></script>
    <script src="/live-view/${version}"></script>
    <script src="/replay/${version}"></script>
  </body>
</html>`;
}
