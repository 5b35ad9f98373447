import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";
import { findDueToken } from "../../harness/load/due-token.ts";
import type { StubManners } from "./stub-manners.ts";
import type { StubStore } from "./stub-store.ts";
import {
  CLIENT_SCRIPTS,
  type ClientFrame,
  clientFrame,
  insertFrame,
  joinFrame,
  LOG_IN_PAGE,
  replyFrame,
  roomPage,
  type StubMessage,
} from "./stub-wire.ts";

/** The time, as the harness reckons it: microseconds since the Unix epoch. */
export const nowUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);

/** An insert that came from an author. */
export interface StubInsert {
  /** The number that its due token has. */
  readonly sequence: number;
  readonly author: string;
  readonly room: number;
  readonly dueUs: number;
  /** By how much its author began after it was due. */
  readonly lateUs: number;
  readonly arrivedUs: number;
}

/** An insert that was sent to a receiver. */
export interface StubDelivery {
  readonly sequence: number;
  readonly receiver: string;
  readonly dueUs: number;
  readonly sentUs: number;
  /** Whether it is of a room that the receiver had left. */
  readonly isForeign: boolean;
}

/** Bytes that a TCP socket carried in one direction. */
interface Carried {
  beforeHeartbeats: number;
  total: number;
}

/** What a connection was sent, and what it carried. */
export interface StubConnection {
  readonly user: string;
  /** Of the text frames, in order. */
  readonly frameBytes: Readonly<Record<"join" | "insert" | "reply" | "heartbeat", number[]>>;
  /** What its TCP socket had carried up to the last frame that was no heartbeat, each way, and up to the last one of all. */
  readonly received: Carried;
  readonly sent: Carried;
}

interface Viewer {
  readonly room: number;
  readonly joinRef: string;
  readonly topic: string;
  readonly socket: WebSocket;
  readonly tcp: Socket;
  readonly connection: StubConnection;
  readonly joinedUs: number;
  inserts: number;
  /** The last of those that change places, until the one behind it has gone. */
  kept: (() => void) | null;
}

const PAGE_KEEPS = 20;

/** Who moves to another room is sent on what is written in the first one, when he has been there for so long. */
const LINGERS_AFTER_US = 80_000;

/**
 * A chat that speaks just enough of LiveView's wire to be measured, does exactly what it is told, and keeps an account of
 * what it did: the truth that figures are compared with. It shares no code with the reference server.
 */
export class StubChat implements AsyncDisposable {
  readonly #manners: StubManners;
  readonly #store: StubStore | null;
  readonly #http = createServer((request, response) => void this.#respond(request, response));
  readonly #webSockets = new WebSocketServer({ server: this.#http, path: "/live/websocket" });
  readonly #rooms = new Map<number, StubMessage[]>();
  readonly #viewers = new Set<Viewer>();
  /** By user, the rooms where he was before. */
  readonly #left = new Map<string, Set<number>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** A page that grew would cost its user more and more. The oracle takes it that pages keep all. */
  readonly #keeps: number | null;
  #lastId = 0;
  #stalledUntilUs = 0;
  #held: (() => void)[] = [];
  readonly inserts: StubInsert[] = [];
  readonly deliveries: StubDelivery[] = [];
  readonly connections: StubConnection[] = [];

  constructor(manners: StubManners = {}, store: StubStore | null = null) {
    this.#manners = manners;
    this.#store = store;
    this.#keeps = store === null ? PAGE_KEEPS : null;
    this.#webSockets.on("connection", (socket, { socket: tcp }) => this.#connected(socket, tcp));
  }

  /** Listens, and gives its origin. */
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#http.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#webSockets.clients) socket.terminate();
    this.#webSockets.close();
    this.#http.closeAllConnections();
    await new Promise((done) => this.#http.close(done));
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://stub");
    const html = (body: string) => response.setHeader("content-type", "text/html; charset=utf-8").end(body);
    const script = CLIENT_SCRIPTS[pathname];
    const user = /(?:^|; )user=([^;]+)/u.exec(request.headers.cookie ?? "")?.[1];
    if (script !== undefined) {
      response.setHeader("content-type", "text/javascript").end(script);
    } else if (request.method === "POST") {
      const name = new URLSearchParams(await text(request)).get("name");
      response.writeHead(303, { location: "/welcome", "set-cookie": `user=${name}; Path=/` }).end();
    } else if (pathname === "/welcome") {
      html("<h1>Welcome</h1>");
    } else if (user === undefined) {
      html(LOG_IN_PAGE);
    } else {
      const room = Number(pathname.slice("/rooms/".length));
      html(roomPage(`${user} ${room}`, this.#shownOf(room), this.#manners.blockMs ?? 0));
    }
  }

  #messagesOf(room: number): StubMessage[] {
    const known = this.#rooms.get(room);
    if (known !== undefined) return known;
    const messages: StubMessage[] = [];
    this.#rooms.set(room, messages);
    this.#write(room, "the first message");
    return messages;
  }

  #shownOf(room: number): readonly StubMessage[] {
    const messages = this.#messagesOf(room);
    return this.#keeps === null ? messages : messages.slice(-this.#keeps);
  }

  #write(room: number, content: string): StubMessage {
    this.#lastId += 1;
    const message = { domId: `messages-${this.#lastId}`, content };
    this.#messagesOf(room).push(message);
    this.#store?.write(this.#lastId, room, content);
    return message;
  }

  #connected(socket: WebSocket, tcp: Socket): void {
    let viewer: Viewer | null = null;
    socket.on("message", (data: Buffer) => {
      const frame = clientFrame(data.toString("utf8"));
      if (frame.event === "phx_join") viewer = this.#join(frame, socket, tcp);
      else if (viewer !== null) this.#take(frame, viewer);
    });
    socket.on("close", () => {
      if (viewer !== null) this.#leave(viewer);
    });
  }

  #join(frame: ClientFrame, socket: WebSocket, tcp: Socket): Viewer {
    const [user = "", room = ""] = (frame.payload.session ?? "").split(" ");
    const frameBytes = { join: [], insert: [], reply: [], heartbeat: [] };
    const received = { beforeHeartbeats: tcp.bytesRead, total: tcp.bytesRead };
    const connection = { user, frameBytes, received, sent: { beforeHeartbeats: 0, total: 0 } };
    this.connections.push(connection);
    const viewer: Viewer = {
      room: Number(room),
      joinRef: frame.joinRef ?? "",
      topic: frame.topic,
      socket,
      tcp,
      connection,
      joinedUs: nowUs(),
      inserts: 0,
      kept: null,
    };
    this.#viewers.add(viewer);
    this.#send(viewer, "join", joinFrame(frame, this.#shownOf(viewer.room)));
    return viewer;
  }

  #leave(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    const { user } = viewer.connection;
    const left = this.#left.get(user) ?? new Set();
    this.#left.set(user, left.add(viewer.room));
  }

  #take(frame: ClientFrame, viewer: Viewer): void {
    const isHeartbeat = frame.event === "heartbeat";
    count(viewer.connection.received, viewer.tcp.bytesRead, isHeartbeat);
    if (frame.event === "phx_leave") this.#leave(viewer);
    if (frame.payload.event === "send") this.#insert(frame, viewer);
    const kind = isHeartbeat ? "heartbeat" : "reply";
    this.#orHold("everything", () => this.#send(viewer, kind, replyFrame(frame)));
  }

  #insert({ payload }: ClientFrame, { room, connection }: Viewer): void {
    const { onInsert, stall, delayMs = 0, lingers = false } = this.#manners;
    const content = new URLSearchParams(payload.value).get("content") ?? "";
    const token = findDueToken(content);
    if (token === undefined) throw new Error(`a message without a token: ${content}`);
    const { sequence, dueUs, lateUs } = token;
    const number = this.inserts.length;
    this.inserts.push({ sequence, author: connection.user, room, dueUs, lateUs, arrivedUs: nowUs() });
    onInsert?.(number, dueUs);
    if (number === stall?.atInsert) this.#stallUntil(dueUs + stall.forMs * 1000);
    const message = this.#write(room, content);
    const deliver = (viewer: Viewer, isForeign: boolean) => {
      const sendOne = () => {
        const { user: receiver } = viewer.connection;
        this.deliveries.push({ sequence, receiver, dueUs, sentUs: nowUs(), isForeign });
        this.#send(viewer, "insert", insertFrame(viewer, message, this.#keeps));
      };
      this.#withManners(viewer, () => this.#orHold("inserts", sendOne));
    };
    const leavesUs = nowUs() + delayMs * 1000;
    this.#at(leavesUs, () => {
      for (const viewer of this.#viewers) {
        const { room: his, connection: to, joinedUs } = viewer;
        if (his === room) deliver(viewer, false);
        else if (lingers && this.#left.get(to.user)?.has(room) && nowUs() - joinedUs > LINGERS_AFTER_US)
          deliver(viewer, true);
      }
    });
  }

  /** Sends an insert as often, and in the place, as it is to be. */
  #withManners(viewer: Viewer, send: () => void): void {
    const { drop, duplicate, swap } = this.#manners;
    const { user } = viewer.connection;
    viewer.inserts += 1;
    const isTurn = (concerned: typeof drop, offset = 0) =>
      concerned?.receiver === user && (viewer.inserts + offset) % concerned.every === 0;
    if (isTurn(drop)) return;
    if (isTurn(swap, 1)) {
      viewer.kept = send;
      return;
    }
    send();
    if (isTurn(duplicate)) send();
    viewer.kept?.();
    viewer.kept = null;
  }

  #stallUntil(untilUs: number): void {
    this.#stalledUntilUs = untilUs;
    this.#at(untilUs, () => {
      for (const send of this.#held.splice(0)) send();
    });
  }

  /** Does it, unless it is held back by now: then when the stall ends. */
  #orHold(what: "inserts" | "everything", send: () => void): void {
    const holds = this.#manners.stall?.holds;
    const isConcerned = what === "inserts" || holds === "everything";
    // What is held goes first, or an insert would overtake those before it.
    if (isConcerned && (nowUs() < this.#stalledUntilUs || this.#held.length > 0)) this.#held.push(send);
    else send();
  }

  /** Does it at a time or right after, never before: a timer of Node may be early by a part of a millisecond. */
  #at(atUs: number, act: () => void): void {
    const waitUs = atUs - nowUs();
    if (waitUs <= 0) return act();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#at(atUs, act);
    }, waitUs / 1000);
    this.#timers.add(timer);
  }

  #send({ socket, tcp, connection }: Viewer, kind: keyof StubConnection["frameBytes"], frame: string): void {
    connection.frameBytes[kind].push(Buffer.byteLength(frame));
    socket.send(frame);
    count(connection.sent, tcp.bytesWritten, kind === "heartbeat");
  }
}

function count(carried: Carried, bytes: number, isHeartbeat: boolean): void {
  if (!isHeartbeat) carried.beforeHeartbeats = bytes;
  carried.total = bytes;
}
