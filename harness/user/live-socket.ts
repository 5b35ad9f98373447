import WebSocket, { type RawData } from "ws";
import { BenchError, messageOf } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { type Bytes, bytes, type Clock, type Micros } from "../core/units.ts";
import {
  type Channel,
  type ChannelInput,
  type ChannelOutput,
  type Navigation,
  newChannel,
  step,
} from "../protocol/channel.ts";
import type { Frame, FrameDecoder } from "../protocol/frame-decoder.ts";
import { EVENT } from "../protocol/wire-keys.ts";
import { type ActionResult, PendingActions } from "./pending-actions.ts";
import type { Wheel, WheelMember } from "./wheel.ts";

/** A frame as the socket handed it over, decoded. */
export interface ReceivedFrame {
  readonly frame: Frame;
  /** What the channel makes of it. */
  readonly outputs: readonly ChannelOutput[];
  readonly receivedAt: Micros;
  readonly bytes: Bytes;
  readonly text: string;
}

/** Who owns a socket and is told what happens on it. */
export interface SocketOwner {
  /** For errors. */
  readonly name: string;
  /** Takes a frame in and gives the time when that was done. What it throws as a BenchError ends the socket. */
  take(received: ReceivedFrame): Micros;
  /** The view stays, at another URL. */
  patched(to: string): void;
  /** The socket is of no use any more. Not called for what was asked for, nor where the join itself failed. */
  down(code: string, message: string): void;
}

/** What a socket needs from all users of the process. */
export interface SocketServices {
  readonly clock: Clock;
  readonly decoder: FrameDecoder;
  readonly wheel: Wheel;
  /** How long an answer may take. */
  readonly timeoutUs: Micros;
}

/** Where to connect to, and what to join there. */
export interface SocketTarget {
  readonly url: string;
  readonly origin: string;
  readonly cookie: string | null;
  readonly rootId: string;
  readonly joinPayload: object;
}

/** One life of a user's socket and of the channel of the view on it, from opening to closing. */
export class LiveSocket implements WheelMember {
  readonly #services: SocketServices;
  readonly #owner: SocketOwner;
  readonly #socket: WebSocket;
  readonly #pending = new PendingActions();
  readonly #joining = Promise.withResolvers<void>();
  readonly #closing = Promise.withResolvers<void>();
  #leaving: PromiseWithResolvers<void> | null = null;
  #channel: Channel;
  /** Since when the join or the end is awaited; null in between. */
  #waitingSince: Micros | null;
  #isClosing = false;
  #isOver = false;

  constructor(services: SocketServices, owner: SocketOwner, target: SocketTarget) {
    this.#services = services;
    this.#owner = owner;
    this.#channel = newChannel(target.rootId);
    this.#waitingSince = services.clock();
    this.#socket = new WebSocket(target.url, {
      perMessageDeflate: false,
      headers: target.cookie === null ? {} : { cookie: target.cookie },
      origin: target.origin,
    });
    this.#socket.on("open", () => this.#input({ kind: "join", payload: target.joinPayload }));
    this.#socket.on("message", (data, isBinary) => this.#receive(services.clock(), data, isBinary));
    this.#socket.on("error", (cause) => {
      this.#fail(this.#channel.phase === "idle" ? "socket-refused" : "socket-error", messageOf(cause));
    });
    this.#socket.on("close", (code, reason) => this.#closed(code, reason.toString()));
    services.wheel.add(this);
  }

  /** Resolves when the view is joined; rejects with a BenchError. */
  get joined(): Promise<void> {
    return this.#joining.promise;
  }

  /** Whether events can be pushed. */
  get isJoined(): boolean {
    return this.#channel.phase === "joined" && !this.#isClosing && !this.#isOver;
  }

  /** Whether this socket has come to its end. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Pushes an event and waits for its answer. */
  push(event: string, payload: object): Promise<ActionResult> {
    const [sent] = this.#input({ kind: "push", event: EVENT.event, payload });
    const ref = sent?.kind === "send" ? sent.ref : "";
    return this.#pending.wait(ref, `${this.#owner.name}: event "${event}"`, this.#services.clock());
  }

  /** Leaves the view; resolves when the server has confirmed it. */
  leave(): Promise<void> {
    this.#leaving = Promise.withResolvers();
    this.#input({ kind: "leave" });
    return this.#leaving.promise;
  }

  /** Closes the socket; resolves when it is closed. Who waits for anything else on it is rejected. */
  close(): Promise<void> {
    if (!this.#isOver && !this.#isClosing) {
      this.#isClosing = true;
      this.#waitingSince = this.#services.clock();
      if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate();
      else this.#socket.close(1000);
    }
    return this.#closing.promise;
  }

  tick(beat: boolean): void {
    const now = this.#services.clock();
    const { timeoutUs } = this.#services;
    this.#pending.expire(now, timeoutUs);
    const waitedTooLong = this.#waitingSince !== null && now - this.#waitingSince >= timeoutUs;
    if (waitedTooLong && this.#isClosing) this.#socket.terminate();
    else if (waitedTooLong)
      this.#fail("join-timeout", `the join was not answered in ${timeoutUs / 1_000_000} s`);
    else if (beat && this.isJoined) this.#input({ kind: "heartbeat-due" });
  }

  #input(input: ChannelInput): readonly ChannelOutput[] {
    const { channel, outputs } = step(this.#channel, input);
    this.#channel = channel;
    for (const output of outputs) {
      if (output.kind === "send") this.#socket.send(output.text);
      else if (output.kind === "down") this.#fail(output.code, output.message);
    }
    return outputs;
  }

  #receive(receivedAt: Micros, data: RawData, isBinary: boolean): void {
    if (this.#isOver) return;
    if (isBinary || !Buffer.isBuffer(data)) {
      this.#fail("protocol", "a binary frame came, which no view is asked for");
      return;
    }
    try {
      const text = data.toString("utf8");
      const frame = this.#services.decoder.decode(text);
      const outputs = this.#input({ kind: "frame", frame });
      const takenAt = this.#owner.take({ frame, outputs, receivedAt, bytes: bytes(data.length), text });
      for (const output of outputs) this.#settle(output, takenAt);
    } catch (error) {
      // Anything else is a defect of this program, and ends it.
      if (!(error instanceof BenchError)) throw error;
      this.#fail(error.code, error.message, error);
    }
  }

  /** Ends the waits that a frame has answered. */
  #settle(output: ChannelOutput, takenAt: Micros): void {
    switch (output.kind) {
      case "joined":
        this.#waitingSince = null;
        this.#joining.resolve();
        break;
      case "refused":
        this.#fail("join-refused", `the server refused the join: ${output.reason}`);
        break;
      case "reply":
        if (output.reply.status === "error") this.#pending.refuse(output.ref, output.reply.response);
        else this.#pending.resolve(output.ref, takenAt, output.reply.diff?.reply ?? null);
        break;
      case "navigate":
        this.#navigate(output.navigation);
        break;
      case "left":
        this.#leaving?.resolve();
        break;
      case "send":
      case "diff":
      case "heartbeat":
      case "down":
      case "stale":
        break;
    }
  }

  /** A patch stays in the view, which has sent what changed. Anything else ends it. */
  #navigate({ how, to }: Navigation): void {
    if (how === "live_patch") this.#owner.patched(to);
    else this.#fail("redirected", `the server sent the user to ${to} (${how})`);
  }

  #closed(code: number, reason: string): void {
    if (!this.#isClosing) this.#input({ kind: "socket-closed", code, reason });
    this.#end(new BenchError(`${this.#owner.name} has closed the socket`, { code: "socket-closed" }));
    this.#closing.resolve();
  }

  /** Cut off: first who waits for something is told, then the owner. */
  #fail(code: string, message: string, cause?: BenchError): void {
    if (this.#isOver) return;
    const wasJoining = this.#waitingSince !== null;
    const wasAsked = this.#isClosing;
    const exitCode = cause?.exitCode ?? EXIT_CODES.unexpected;
    this.#end(new BenchError(`${this.#owner.name} was cut off: ${message}`, { code, exitCode, cause }));
    this.#socket.terminate();
    if (!wasJoining && !wasAsked) this.#owner.down(code, message);
  }

  #end(error: BenchError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#services.wheel.remove(this);
    this.#pending.rejectAll(error);
    this.#leaving?.reject(error);
    this.#joining.reject(error);
    // Most ends come long after the join, when nobody waits for it any more.
    this.#joining.promise.catch(() => {});
  }
}
