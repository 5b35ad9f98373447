import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { EVENT, SOCKET_TOPIC } from "../protocol/wire-keys.ts";

/** A frame, parsed: `[join_ref, ref, topic, event, payload]`. */
export type WireFrame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

/** What a replay server serves. */
export interface ReplayServerOptions {
  /** The DOM id of the view's element. */
  readonly viewId: string;
  /** The files of the page's scripts, in order: the official client, and what drives it. */
  readonly scripts: readonly string[];
}

/**
 * A server for the official client, unmodified, that says nothing by itself but what the socket's life takes: it is handed
 * the frames, one by one. Its page is at `/`.
 */
export class ReplayServer implements AsyncDisposable {
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #pushed: WireFrame[] = [];
  #waiting: ((frame: WireFrame) => void) | null = null;

  constructor({ viewId, scripts }: ReplayServerOptions) {
    this.#http = createServer(({ url = "" }, response) => {
      const script = /^\/(\d+)\.js$/u.exec(url)?.[1];
      const file = script === undefined ? undefined : scripts[Number(script)];
      if (file !== undefined) response.setHeader("content-type", "text/javascript").end(readFileSync(file));
      else if (url === "/")
        response.setHeader("content-type", "text/html; charset=utf-8").end(page(viewId, scripts.length));
      else response.writeHead(404).end();
    });
    this.#sockets = new WebSocketServer({ server: this.#http });
    this.#sockets.on("connection", (socket) => {
      socket.on("message", (data: Buffer) => this.#take(socket, JSON.parse(data.toString("utf8"))));
    });
  }

  /** Starts it on a port of its own. Gives its origin. */
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
    this.sendText(JSON.stringify(frame));
  }

  /** As {@link send}, for who has the text of the frame. */
  sendText(text: string): void {
    for (const socket of this.#sockets.clients) socket.send(text);
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
      const taken = this.#waiting;
      this.#waiting = null;
      taken(frame);
    }
  }
}

/** The page is never laid out, so nothing scrolls, and no `phx-viewport-top` fires, unless a recording says so. */
function page(viewId: string, scripts: number): string {
  const tags = Array.from({ length: scripts }, (_, index) => `<script src="/${index}.js"></script>`);
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
    <div id="${escaped(viewId)}" data-phx-main data-phx-session="session" data-phx-static="static"></div>
    ${tags.join("\n    ")}
  </body>
</html>`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<"]/gu, (character) => ESCAPES[character] ?? "");
