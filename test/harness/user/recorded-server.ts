import { readFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

const WIRE = new URL("../../fixtures/wire/", import.meta.url);

/** A recorded step: what the client sent in it, and what the server did. */
export interface RecordedStep {
  readonly out: readonly string[];
  readonly in: readonly string[];
}

/** What `test/fixtures/wire` holds of a session, by step. */
export function recordedSteps(name: string): Record<string, RecordedStep> {
  const steps: Record<string, { out: string[]; in: string[] }> = {};
  for (const line of readFileSync(new URL(`${name}.jsonl`, WIRE), "utf8")
    .trim()
    .split("\n")) {
    const { step, dir, data }: { step: string; dir: "in" | "out"; data: string } = JSON.parse(line);
    steps[step] ??= { out: [], in: [] };
    steps[step][dir].push(data);
  }
  return steps;
}

/** How the server answers one frame: with these frames, or by closing the socket. */
export type Answer = readonly string[] | { readonly close: number };

/** What a test tells the server. */
export interface Script {
  /** HTML by path; anything else is 404. */
  readonly pages: Readonly<Record<string, string>>;
  /** `[status, location]` by path. */
  readonly redirects?: Readonly<Record<string, readonly [number, string]>>;
  /** The answer to a frame: `[join_ref, ref, topic, event, payload]`. */
  readonly answer: (frame: readonly [string | null, string, string, string, unknown]) => Answer;
  /** Whether a socket may be opened. Default: any. */
  readonly accepts?: () => boolean;
}

/** A server that says what was recorded, and keeps what it was asked. */
export class RecordedServer implements AsyncDisposable {
  readonly #http: http.Server;
  readonly #sockets: WebSocketServer;
  /** `METHOD path cookie body` of the requests, and the upgrades' `UPGRADE path cookie`. */
  readonly requests: string[] = [];
  /** The text frames that came, as they came. */
  readonly frames: string[] = [];

  constructor(script: Script) {
    this.#http = http.createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      this.#note(request.method ?? "", request, body);
      const path = request.url ?? "";
      const redirect = script.redirects?.[path];
      const page = script.pages[path];
      response.setHeader("set-cookie", "_chat_key=abc; path=/; HttpOnly; SameSite=Lax");
      if (redirect !== undefined) response.writeHead(redirect[0], { location: redirect[1] }).end();
      else response.writeHead(page === undefined ? 404 : 200).end(page ?? "Not Found");
    });
    this.#sockets = new WebSocketServer({
      server: this.#http,
      verifyClient: () => script.accepts?.() ?? true,
    });
    this.#sockets.on("connection", (socket, request) => {
      this.#note("UPGRADE", request, "");
      socket.on("message", (data: Buffer) => this.#take(script, socket, data.toString("utf8")));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** Says something to every client. */
  push(data: string | Buffer): void {
    for (const socket of this.#sockets.clients) socket.send(data);
  }

  /** Closes the sockets of all clients with this code; without one it cuts them off. */
  drop(code?: number): void {
    for (const socket of this.#sockets.clients) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    }
  }

  /** How many bytes wait for the clients to read on. */
  buffered(): number {
    return [...this.#sockets.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
  }

  /** The code with which the one client that there is closes its socket. */
  closeCode(): Promise<number> {
    const [client] = this.#sockets.clients;
    return new Promise((resolve) => client?.once("close", resolve));
  }

  #note(method: string, { url, headers }: IncomingMessage, body: string): void {
    this.requests.push([method, url, headers.cookie, body].filter(Boolean).join(" "));
  }

  #take(script: Script, socket: WebSocket, text: string): void {
    this.frames.push(text);
    const answer = script.answer(JSON.parse(text));
    if ("close" in answer) socket.close(answer.close);
    else for (const frame of answer) socket.send(frame);
  }
}

/** The dead render of the room page, as the real server sent it. */
export const deadRender = (name: "stream" | "stateful"): string =>
  readFileSync(new URL(`page-${name}.html`, WIRE), "utf8");
