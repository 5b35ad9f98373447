import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import Tokens from "@fastify/csrf";
import type { FastifyInstance } from "fastify";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection, type ConnectionClient } from "../live/connection.ts";
import { errorLine } from "../live/log-line.ts";
import type { ConnectionContext } from "../live/opening.ts";
import { PAGE_TOKEN_PARAM, type PageClaim, pageClaim } from "../live/page-token.ts";
import type { TokenRefusal } from "../live/token.ts";
import type { Session } from "../live/view.ts";
import { CSRF_COOKIE } from "./csrf.ts";
import { OutgoingFrames } from "./outgoing-frames.ts";
import { cookiesOf, type SessionReader } from "./session.ts";

/** Where the official client opens its socket when it is given `/live`. */
const SOCKET_PATH = "/live/websocket";
/** The header that says why a socket is not opened. */
const REFUSED = "x-refused";
/** A frame larger than this closes the connection. */
const MAX_FRAME_BYTES = 1_048_576;
/** Twice the client's heartbeat interval, as in Phoenix. */
export const DEFAULT_IDLE_TIMEOUT_MS = 60_000;
/** How long a client may take to answer the closing of its socket. */
const CLOSE_PATIENCE_MS = 1000;
/** So much may wait for a client that does not read it: far more than any page has on its way. */
const MAX_UNSENT_BYTES = 67_108_864;
const GOING_AWAY = 1001;
/** The client connects again after any code but 1000. Source: `onConnClose` in phoenix/socket.js. */
const POLICY_VIOLATION = 1008;

/** What the sockets need of the server. */
export interface EndpointOptions {
  readonly connection: ConnectionContext;
  readonly sessionOf: SessionReader;
  /** Whether permessage-deflate is offered (RFC 7692). */
  readonly compress: boolean;
  /** Is told of each socket that is opened. */
  onConnection?(): void;
  /** A defect, to be caught by checks: gives for each socket's `send` the one that is used in its place. */
  readonly sendAs?: ((send: (text: string) => void) => (text: string) => void) | undefined;
  /** A connection that has been silent for so long is gone. */
  readonly idleTimeoutMs: number;
}

/** The open sockets of a server. */
export interface LiveEndpoint {
  /** How many sockets are open. */
  readonly connections: number;
  /** How many text frames were given to sockets since the start. */
  readonly framesSent: number;
  /** For each socket, how much it has been given that its client has not taken yet. */
  bufferedBytes(): readonly number[];
  /** Has every view crash, as by an exception in a callback. @returns how many were told to. */
  crashViews(): number;
}

/**
 * Takes over WebSocket upgrades. They pass none of the server's hooks, so the origin, the session cookie and the CSRF
 * token are verified here.
 */
export function attachLiveEndpoint(server: FastifyInstance, options: EndpointOptions): LiveEndpoint {
  const { connection: context, compress } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: compress,
    maxPayload: MAX_FRAME_BYTES,
  });
  const csrf = Tokens();
  const connections = new Set<Connection>();
  const outgoing = new OutgoingFrames(compress);

  let stopping = false;
  let framesSent = 0;

  server.server.on("upgrade", (request, stream: Duplex, head) => {
    try {
      upgrade(request, stream, head);
    } catch (error) {
      context.log(errorLine("upgrade failed", error));
      refuse(stream, "500 Internal Server Error");
    }
  });

  /** @throws what the reader of the session throws. */
  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const onError = (error: Error) => context.log(`upgrade failed: ${error.message}`);
    stream.on("error", onError);
    if (stopping) return refuse(stream, "503 Service Unavailable");
    const address = `http://localhost${request.url ?? "/"}`;
    if (!URL.canParse(address)) return refuse(stream, "400 Bad Request");
    const url = new URL(address);
    if (url.pathname !== SOCKET_PATH) return refuse(stream, "404 Not Found");
    if (!sameOrigin(request)) return refuse(stream, "403 Forbidden");
    const claim = claimOf(url.searchParams.get(PAGE_TOKEN_PARAM));
    if (claim.kind === "refused") {
      const because = refusalOf(claim.reason);
      context.log(`upgrade refused: ${because}`);
      return refuse(stream, "403 Forbidden", because);
    }
    const session = sessionOf(request, url.searchParams.get("_csrf_token"));
    sockets.handleUpgrade(request, stream, head, (socket) => {
      stream.off("error", onError);
      serve(socket, stream, { session, page: claim.kind === "named" ? claim.id : undefined });
    });
  }

  // A browser does not tell a page's script with what an upgrade was answered: so it may ask once more by a plain request.
  server.get<{ Querystring: Record<string, unknown> }>(SOCKET_PATH, (request, reply) => {
    const token = request.query[PAGE_TOKEN_PARAM];
    const claim = claimOf(token === undefined ? null : String(token));
    if (claim.kind !== "refused") return reply.code(426).header("upgrade", "websocket").send();
    const because = refusalOf(claim.reason);
    return reply.code(403).header(REFUSED, because).type("text/plain").send(because);
  });

  server.addHook("preClose", async () => {
    stopping = true;
    for (const socket of sockets.clients) socket.close(GOING_AWAY, "the server is stopping");
    const closed = [...sockets.clients].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    const patience = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, CLOSE_PATIENCE_MS);
    await Promise.all(closed);
    clearTimeout(patience);
  });

  function serve(socket: WebSocket, stream: Duplex, client: ConnectionClient): void {
    const sendText = (text: string) => send(socket, stream, text);
    const connection = new Connection(
      context,
      { send: options.sendAs?.(sendText) ?? sendText, close: (code, reason) => socket.close(code, reason) },
      client,
    );
    connections.add(connection);
    options.onConnection?.();
    const unsubscribe = onDisconnect(client.session, () => {
      // Whoever does not answer the closing may go on sending for a while: nobody listens.
      socket.removeAllListeners("message");
      connection.closed();
      socket.close(POLICY_VIOLATION, "the session has changed");
    });
    const idle = setTimeout(() => socket.terminate(), options.idleTimeoutMs);
    socket.on("message", (data: Buffer, isBinary) => {
      idle.refresh();
      if (isBinary) connection.receiveBinary();
      else connection.receive(data.toString());
    });
    socket.on("error", (error) => context.log(`socket failed: ${error.message}`));
    socket.on("close", () => {
      clearTimeout(idle);
      unsubscribe();
      connections.delete(connection);
      connection.closed();
    });
  }

  /** Whoever goes on sending, but reads nothing, is not idle: without a bound the server would keep all that it has to say. */
  function send(socket: WebSocket, stream: Duplex, text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    framesSent += 1;
    outgoing.send(socket, stream, text);
    if (socket.bufferedAmount <= MAX_UNSENT_BYTES) return;
    context.log("a client that does not read what it is sent: connection closed");
    socket.terminate();
  }

  function claimOf(token: string | null): PageClaim {
    return pageClaim(context.signer, token);
  }

  /** Whatever is broadcast to `liveSocketId` of a session ends its sockets. Source: `__info__` in phoenix/socket.ex. */
  function onDisconnect(session: Session | null, end: () => void): () => void {
    const topic = session?.liveSocketId;
    return typeof topic === "string" ? context.pubsub.subscribe(topic, end) : () => {};
  }

  /** As in Phoenix: without the page's CSRF token the socket opens, but without a session. */
  function sessionOf(request: IncomingMessage, csrfToken: string | null): Session | null {
    const cookies = cookiesOf(server, server.parseCookie(request.headers.cookie ?? ""));
    const secret = cookies.get(CSRF_COOKIE);
    if (secret === undefined || csrfToken === null || !csrf.verify(secret, csrfToken)) return null;
    return options.sessionOf(cookies);
  }

  return {
    get connections() {
      return sockets.clients.size;
    },
    get framesSent() {
      return framesSent;
    },
    bufferedBytes: () => [...sockets.clients].map(({ bufferedAmount }) => bufferedAmount),
    crashViews: () => [...connections].reduce((views, connection) => views + connection.crashViews(), 0),
  };
}

/** A browser always names its origin; what names none is no browser, and no page of another site. */
function sameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

/** Answers and hangs up, whether the client does or not: a stream that stays half open keeps the server from ending. */
function refuse(stream: Duplex, status: string, because = ""): void {
  stream.once("finish", () => stream.destroy());
  const reason = because === "" ? "" : `${REFUSED}: ${because}\r\nContent-Type: text/plain\r\n`;
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\n${reason}Content-Length: ${because.length}\r\n\r\n${because}`,
  );
}

const refusalOf = (reason: TokenRefusal): string => `page token ${reason}`;
