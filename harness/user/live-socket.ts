import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import WebSocket, { type RawData } from "ws";
import { BenchError, messageOf } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { bytes, type Clock, type Micros } from "../core/units.ts";
import type { ChannelKind, ChannelOutput } from "../protocol/channel.ts";
import type { Frame, FrameDecoder } from "../protocol/frame-decoder.ts";
import { checkHeartbeatReply, heartbeatFrame } from "../protocol/heartbeat.ts";
import { ProtocolError, withoutOverflow } from "../protocol/protocol-error.ts";
import { routeFrame } from "../protocol/route.ts";
import { SOCKET_TOPIC } from "../protocol/wire-keys.ts";
import { connectTapped, type FrameTaker } from "./frame-tap.ts";
import { type ChannelLink, type ChannelOwner, SocketChannel } from "./socket-channel.ts";
import type { SocketEnd, SocketOwner } from "./socket-owner.ts";
import type { Wheel, WheelMember } from "./wheel.ts";
import type { WireMeter } from "./wire-meter.ts";

/** What a socket needs from all users of the process. */
export interface SocketServices {
  readonly clock: Clock;
  readonly decoder: FrameDecoder;
  readonly wheel: Wheel;
  readonly wire: WireMeter;
  /** How long the opening, an answer and the closing may each take. */
  readonly timeoutUs: Micros;
}

/** Where to connect to. */
export interface SocketTarget {
  readonly url: string;
  readonly origin: string;
  readonly cookie: string | null;
}

const NO_OUTPUTS: readonly ChannelOutput[] = [];
const NO_CHANNELS: readonly SocketChannel[] = [];
const NO_TOPICS: ReadonlySet<string> = new Set();

/** A `ws` client that knows whose it is, so that one listener of a kind serves all of them. */
class UserWebSocket extends WebSocket {
  declare live: LiveSocket;
}

function onUpgrade(this: WebSocket, { socket }: IncomingMessage): void {
  liveOf(this).takeUpgrade(socket);
}

function onOpen(this: WebSocket): void {
  liveOf(this).takeOpen();
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  liveOf(this).takeMessage(data, isBinary);
}

function onError(this: WebSocket, cause: Error): void {
  const live = liveOf(this);
  live.fail(live.wasOpen ? "socket-error" : "socket-refused", messageOf(cause));
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  liveOf(this).takeClose(code, reason.toString());
}

const liveOf = (socket: WebSocket): LiveSocket => (socket as UserWebSocket).live;

/** One life of a user's socket and of the channels on it, from opening to closing. */
export class LiveSocket implements WheelMember, FrameTaker, ChannelLink {
  readonly #services: SocketServices;
  readonly #owner: SocketOwner;
  readonly #socket: UserWebSocket;
  /** Null where nobody waits for it any more. */
  #opening: PromiseWithResolvers<void> | null = Promise.withResolvers();
  /** Null where nobody waits for it yet. */
  #closing: PromiseWithResolvers<void> | null = null;
  #channels: readonly SocketChannel[] = NO_CHANNELS;
  /** Of channels that came to their end. Made when the first one does. */
  #formerTopics: Set<string> | null = null;
  #lastRef = 0;
  /** The ref of a heartbeat that was not answered yet. */
  #heartbeatRef: string | null = null;
  #heartbeatSentUs: Micros | null | undefined;
  #lastHeartbeat = 0;
  /** Whether an answer to the last heartbeat may have been left unread for a while. */
  #hasPaused = false;
  /** Since when the opening or the closing is awaited; null in between. */
  #waitingSince: Micros | null;
  /** Under the WebSocket, from the upgrade on. */
  #connection: Socket | null = null;
  #isOpen = false;
  #isClosing = false;
  #isClosed = false;
  #end: SocketEnd | null = null;

  constructor(services: SocketServices, owner: SocketOwner, target: SocketTarget) {
    this.#services = services;
    this.#owner = owner;
    this.#waitingSince = services.clock();
    this.#socket = new UserWebSocket(target.url, {
      perMessageDeflate: false,
      // TLS hands over no bytes but through its stream.
      ...(target.url.startsWith("ws:") ? { createConnection: () => connectTapped(this, target.url) } : {}),
      headers: target.cookie === null ? {} : { cookie: target.cookie },
      origin: target.origin,
    });
    this.#socket.live = this;
    this.#socket.on("upgrade", onUpgrade);
    this.#socket.on("open", onOpen);
    this.#socket.on("message", onMessage);
    this.#socket.on("error", onError);
    this.#socket.on("close", onClose);
    services.wheel.add(this);
    this.#opening?.promise.catch(() => {});
  }

  get name(): string {
    return this.#owner.name;
  }

  get clock(): Clock {
    return this.#services.clock;
  }

  get timeoutUs(): Micros {
    return this.#services.timeoutUs;
  }

  /** Resolves when the socket is open; rejects with a BenchError. */
  get opened(): Promise<void> {
    if (this.#end !== null) return Promise.reject(this.#end.error);
    return this.#opening?.promise ?? Promise.resolve();
  }

  /** Whether frames can be sent. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#isClosing && this.#end === null;
  }

  /** Whether it was ever open. */
  get wasOpen(): boolean {
    return this.#isOpen;
  }

  /** How it has come to its end; null before. */
  get end(): SocketEnd | null {
    return this.#end;
  }

  /** A channel of its own for who joins a topic. The socket has to be open. */
  channel(topic: string, kind: ChannelKind, owner: ChannelOwner): SocketChannel {
    const channel = new SocketChannel(this, topic, kind, owner);
    this.#channels = this.#channels.concat(channel);
    return channel;
  }

  /** Closes the socket; resolves when it is closed. Who waits for anything else on it is rejected. */
  close(): Promise<void> {
    if (this.#end === null && !this.#isClosing) {
      this.#isClosing = true;
      this.#waitingSince = this.#services.clock();
      if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate();
      else this.#socket.close(1000);
      // The server's answer has to be read.
      this.#socket.resume();
    }
    if (this.#isClosed) return Promise.resolve();
    this.#closing ??= Promise.withResolvers();
    return this.#closing.promise;
  }

  /** Cuts the connection without a word, as a network does that fails. */
  drop(): void {
    this.fail("socket-closed", "the connection was dropped");
  }

  /** Reads nothing for now: see {@link SimulatedUser.pauseReading}. */
  pauseReading(): void {
    this.#hasPaused = true;
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  /** Cuts the socket off: first who waits for something is told, then the owner. */
  fail(code: string, message: string, cause?: BenchError, closeCode: number | null = null): void {
    if (this.#end !== null) return;
    const wasAsked = this.#isClosing;
    const exitCode = cause?.exitCode ?? EXIT_CODES.unexpected;
    const { name } = this.#owner;
    const error = new BenchError(`${name} was cut off: ${message}`, { code, exitCode, cause });
    const end = { code, message, closeCode, error };
    this.#finish(end);
    this.#socket.terminate();
    if (!wasAsked) this.#owner.ended(end);
  }

  tick(beat: boolean): void {
    const now = this.#services.clock();
    const { timeoutUs } = this.#services;
    for (const channel of this.#channels) channel.tick(now);
    const waitedTooLong = this.#waitingSince !== null && now - this.#waitingSince >= timeoutUs;
    if (waitedTooLong && this.#isClosing) this.#socket.terminate();
    else if (waitedTooLong)
      this.fail("connect-timeout", `the socket did not open within ${timeoutUs / 1_000_000} s`);
    else if (beat && this.isOpen && !this.#socket.isPaused) this.#beat();
  }

  /**
   * Heartbeats have refs of their own: were they numbered with the pushes, as the official client does, the bytes of a
   * reply would depend on how long a run takes. Source: `sendHeartbeat` and `heartbeatTimeout` in phoenix/socket.js.
   */
  #beat(): void {
    const mayBeUnread = this.#hasPaused;
    this.#hasPaused = false;
    if (this.#heartbeatRef !== null && mayBeUnread) return;
    if (this.#heartbeatRef !== null) {
      this.fail("heartbeat-timeout", "the server did not answer the last heartbeat");
      return;
    }
    this.#lastHeartbeat += 1;
    this.#heartbeatRef = `heartbeat-${this.#lastHeartbeat}`;
    this.#heartbeatSentUs = this.#services.clock();
    this.send(heartbeatFrame(this.#heartbeatRef));
  }

  /** When the heartbeat was sent that is not answered yet; null where all are, undefined where none was sent. */
  get heartbeatSentUs(): Micros | null | undefined {
    return this.#heartbeatSentUs;
  }

  /** The ref of the next push. */
  nextRef(): string {
    this.#lastRef += 1;
    return String(this.#lastRef);
  }

  /** Sends a frame, if it can be sent. */
  send(text: string): void {
    if (this.isOpen) this.#socket.send(text);
  }

  /** Called when the server has agreed to a WebSocket. */
  takeUpgrade(connection: Socket): void {
    this.#connection = connection;
    this.#services.wire.opened(connection);
  }

  /** Called by the socket. */
  takeOpen(): void {
    this.#isOpen = true;
    if (!this.#isClosing) this.#waitingSince = null;
    this.#opening?.resolve();
    this.#opening = null;
  }

  /** A channel has come to its end. */
  remove(channel: SocketChannel): void {
    this.#channels = this.#channels.filter((other) => other !== channel);
    const { topic } = channel.state;
    this.#formerTopics ??= new Set();
    this.#formerTopics.add(topic);
  }

  /** Called by the socket for what its tap did not take. */
  takeMessage(data: RawData, isBinary: boolean): void {
    if (!isBinary && Buffer.isBuffer(data)) this.#receive(data, 0, data.length);
    else if (this.#end === null) {
      const problem = new ProtocolError("frame", "", "is binary, which no channel is asked for");
      this.fail(problem.code, problem.message, problem);
    }
  }

  takeText(data: Buffer, start: number, end: number): boolean {
    return this.#socket.readyState === WebSocket.OPEN && this.#receive(data, start, end);
  }

  /** False where the bytes are no text. */
  #receive(data: Buffer, start: number, end: number): boolean {
    if (this.#end !== null) return true;
    const receivedAt = this.#services.clock();
    try {
      const frame = this.#services.decoder.decodeBytes(data, start, end, this.#channels);
      if (frame === null) return false;
      const channel = this.#channelOf(frame);
      const outputs = channel?.receive(frame) ?? NO_OUTPUTS;
      const takenAt = this.#owner.take({ frame, channel, outputs, receivedAt, bytes: bytes(end - start) });
      channel?.settle(outputs, takenAt);
      return true;
    } catch (error) {
      const problem = withoutOverflow(error);
      // Anything else is a defect of this program, and ends it.
      if (!(problem instanceof BenchError)) throw problem;
      this.fail(problem.code, problem.message, problem);
      return true;
    }
  }

  #channelOf(frame: Frame): SocketChannel | null {
    if (frame.topic !== SOCKET_TOPIC) {
      return routeFrame(this.#channels, this.#formerTopics ?? NO_TOPICS, frame);
    }
    checkHeartbeatReply(frame, this.#heartbeatRef);
    this.#heartbeatRef = null;
    this.#heartbeatSentUs = null;
    return null;
  }

  /** Called by the socket. */
  takeClose(code: number, reason: string): void {
    if (this.#connection !== null) this.#services.wire.closed(this.#connection);
    const message = `the socket was closed with code ${code}${reason && `: ${reason}`}`;
    if (!this.#isClosing) this.fail("socket-closed", message, undefined, code);
    const closed = `${this.#owner.name} has closed the socket`;
    const error = new BenchError(closed, { code: "socket-closed" });
    this.#finish({ code: "socket-closed", message: closed, closeCode: code, error });
    this.#isClosed = true;
    this.#closing?.resolve();
    this.#closing = null;
  }

  #finish(end: SocketEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#services.wheel.remove(this);
    for (const channel of this.#channels) channel.lose(end.error);
    this.#opening?.reject(end.error);
    this.#opening = null;
  }
}
