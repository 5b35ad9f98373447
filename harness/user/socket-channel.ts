import { BenchError } from "../core/errors.ts";
import type { Clock, Micros } from "../core/units.ts";
import {
  type Channel,
  type ChannelInput,
  type ChannelKind,
  type ChannelOutput,
  type DownCode,
  newChannel,
  step,
} from "../protocol/channel.ts";
import type { Frame, Recipient } from "../protocol/frame-decoder.ts";
import { isJsonObject } from "../protocol/json.ts";
import type { Navigation } from "../protocol/navigation.ts";
import { JoinError } from "./join-error.ts";
import { PendingActions, type PushAnswer } from "./pending-actions.ts";

/** Who is told of what comes on a channel, after the frame was taken in. */
export interface ChannelOwner {
  /** The server sends the user elsewhere, `atJoin` with its answer to the join. */
  navigate(navigation: Navigation, atJoin: boolean): void;
  /** The channel is of no use any more, without having been left. Not called when its socket ends. */
  down(code: DownCode, message: string): void;
  /** An event of an application's own. */
  event(event: string, payload: unknown): void;
}

/** What a channel needs from its socket. */
export interface ChannelLink {
  /** Of the user, for errors. */
  readonly name: string;
  readonly clock: Clock;
  /** How long an answer may take. */
  readonly timeoutUs: Micros;
  nextRef(): string;
  send(text: string): void;
  /** The channel has come to its end. */
  remove(channel: SocketChannel): void;
}

/** One channel of a socket, from its join to its end, with those who wait for answers on it. */
export class SocketChannel implements Recipient {
  readonly #link: ChannelLink;
  readonly #owner: ChannelOwner;
  readonly #pending = new PendingActions();
  #state: Channel;
  #joining: PromiseWithResolvers<void> | null = null;
  #leaving: PromiseWithResolvers<void> | null = null;
  /** Since when the answer to the join or the leave is awaited; null in between. */
  #waitingSince: Micros | null = null;

  constructor(link: ChannelLink, topic: string, kind: ChannelKind, owner: ChannelOwner) {
    this.#link = link;
    this.#owner = owner;
    this.#state = newChannel(topic, kind);
  }

  get state(): Channel {
    return this.#state;
  }

  /** Whether events can be pushed. */
  get isJoined(): boolean {
    return this.#state.phase === "joined";
  }

  /** Joins. Rejects with a {@link JoinError} if the server does not want it, or with why the socket ended. */
  join(payload: unknown): Promise<void> {
    this.#joining = Promise.withResolvers();
    this.#waitingSince = this.#link.clock();
    this.#input({ kind: "join", ref: this.#link.nextRef(), payload });
    return this.#joining.promise;
  }

  /** Pushes an event and waits for its answer. */
  push(event: string, payload: unknown, what = `event "${event}"`): Promise<PushAnswer> {
    const ref = this.#link.nextRef();
    this.#input({ kind: "push", ref, event, payload });
    const sentAt = this.#link.clock();
    return this.#pending.wait(ref, { event, what: `${this.#link.name}: ${what}`, sentAt });
  }

  /** The event that a frame answers, until it is settled; null where it answers none. */
  eventAnsweredBy({ ref }: Frame): string | null {
    return ref === null ? null : this.#pending.eventOf(ref);
  }

  /** Leaves; resolves when the server has confirmed it, or does not answer. Whoever waits on it is rejected then. */
  leave(): Promise<void> {
    if (this.#leaving !== null) return this.#leaving.promise;
    this.#leaving = Promise.withResolvers();
    this.#waitingSince = this.#link.clock();
    this.#input({ kind: "leave", ref: this.#link.nextRef() });
    return this.#leaving.promise;
  }

  /**
   * Brings the channel up to date with a frame of its own, and tells what comes of it.
   *
   * @throws ProtocolError
   */
  receive(frame: Frame): readonly ChannelOutput[] {
    return this.#input({ kind: "frame", frame });
  }

  /** Ends the waits that a frame has answered, and tells the owner. */
  settle(outputs: readonly ChannelOutput[], takenAt: Micros): void {
    const atJoin = outputs[0]?.kind === "joined";
    for (const output of outputs) this.#settle(output, takenAt, atJoin);
  }

  /** Ends what has waited for too long. */
  tick(now: Micros): void {
    const { timeoutUs } = this.#link;
    this.#pending.expire(now, timeoutUs);
    if (this.#waitingSince === null || now - this.#waitingSince < timeoutUs) return;
    this.#waitingSince = null;
    if (this.#leaving !== null) {
      this.settle(
        this.#input({ kind: "lost", code: "leave-timeout", message: "the leave was not answered" }),
        now,
      );
      return;
    }
    const message = `the join was not answered in ${timeoutUs / 1_000_000} s`;
    this.#input({ kind: "lost", code: "join-timeout", message });
    this.#end(new JoinError("join-timeout", message, { kind: "failed" }));
  }

  /** The socket has ended, for this reason. */
  lose(error: BenchError): void {
    this.#input({ kind: "lost", code: "socket-closed", message: error.message });
    this.#end(error);
    this.#leaving?.reject(error);
    // Most sockets end when nobody waits for a leave on them.
    this.#leaving?.promise.catch(() => {});
  }

  #input(input: ChannelInput): readonly ChannelOutput[] {
    const { channel, outputs } = step(this.#state, input);
    this.#state = channel;
    for (const output of outputs) if (output.kind === "send") this.#link.send(output.text);
    return outputs;
  }

  #settle(output: ChannelOutput, takenAt: Micros, atJoin: boolean): void {
    switch (output.kind) {
      case "joined":
      case "accepted":
        this.#waitingSince = null;
        this.#joining?.resolve();
        this.#joining = null;
        break;
      case "refused": {
        const message = `the server refused the join: ${output.reason}`;
        this.#end(new JoinError("join-refused", message, output.refusal));
        break;
      }
      case "reply": {
        const { status, diff, response } = output.reply;
        if (status === "error") this.#pending.refuse(output.ref, response);
        else this.#pending.resolve(output.ref, takenAt, diff?.reply ?? null, response);
        break;
      }
      case "answer": {
        const { status, response } = output.answer;
        if (status === "error") this.#pending.refuse(output.ref, response);
        else this.#pending.resolve(output.ref, takenAt, response, isJsonObject(response) ? response : {});
        break;
      }
      case "navigate":
        this.#owner.navigate(output.navigation, atJoin);
        break;
      case "event":
        this.#owner.event(output.event, output.payload);
        break;
      case "left":
        this.#end(new BenchError(`${this.#link.name} has left`, { code: "left" }));
        this.#leaving?.resolve();
        break;
      case "down": {
        const { code, message } = output;
        this.#end(new BenchError(`${this.#link.name} was cut off: ${message}`, { code }));
        this.#owner.down(code, message);
        break;
      }
      case "send":
      case "diff":
      case "stale":
        break;
    }
  }

  #end(error: BenchError): void {
    this.#waitingSince = null;
    this.#link.remove(this);
    this.#pending.rejectAll(error);
    this.#joining?.reject(error);
    // Most ends come long after the join, when nobody waits for it any more.
    this.#joining?.promise.catch(() => {});
    this.#joining = null;
  }
}
