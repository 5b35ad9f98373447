import type { SocketFrame } from "../browser/socket-traffic.ts";
import { BenchError } from "../core/errors.ts";
import type { TracedOperation, TraceTotals } from "../core/trace.ts";
import type { SourceOf } from "../measure/anatomy-ledger.ts";
import { deflatedAlone } from "../measure/deflate-meter.ts";
import { type Envelope, splitFrame } from "../protocol/envelope.ts";
import { EVENT, SOCKET_TOPIC, VIEW_TOPIC } from "../protocol/wire-keys.ts";
import { NO_FRAMES, withFrame } from "./frame-bytes.ts";
import { ListReaders } from "./list-readers.ts";
import { pushName } from "./push-name.ts";
import { OperationTotals } from "./totals.ts";
import { TracedChannels } from "./traced-channels.ts";

/** A frame of a page, and when it went over the wire, in milliseconds since the trace began. */
export interface TimedFrame extends SocketFrame {
  readonly atMs: number;
}

/** What a trace is made with. */
export interface PageTraceOptions {
  /** CSS selector of the page's list. Absent: it is looked for. */
  readonly list?: string;
  /** Where templates are written. */
  readonly sourceOf: SourceOf;
}

/** A push that waits for its answer. */
type Begun = Pick<TracedOperation, "atMs" | "name" | "topic" | "up">;

/**
 * What is done on a page, told from the frames on its WebSockets: each push with its answer, and each diff that came without
 * being asked for. Frames are given in their order, from a socket's first one on.
 */
export class PageTrace {
  readonly #channels: TracedChannels;
  readonly #totals = new OperationTotals();
  /** By socket, and by ref. */
  readonly #begun = new Map<string, Map<string, Begun>>();
  #heartbeats = { up: NO_FRAMES, down: NO_FRAMES };

  constructor({ list, sourceOf }: PageTraceOptions) {
    this.#channels = new TracedChannels(new ListReaders(list), sourceOf);
  }

  /** How many pushes wait for an answer, heartbeats apart. */
  get waiting(): number {
    return [...this.#begun.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Takes the next frame, and gives what is complete by it. */
  take(frame: TimedFrame): readonly TracedOperation[] {
    const envelope = envelopeOf(frame.text);
    if (envelope?.topic === SOCKET_TOPIC) return this.#heartbeat(frame);
    return this.#counted(
      frame.direction === "sent" ? this.#sent(frame, envelope) : this.#received(frame, envelope),
    );
  }

  /** A connection has ended: gives what was not answered on it. */
  closed(socket: string): readonly TracedOperation[] {
    this.#channels.closed(socket);
    return this.#counted(this.#giveUp(socket, "its connection ended before it was answered"));
  }

  /** The trace is over: gives what was not answered. */
  finish(): readonly TracedOperation[] {
    const sockets = [...this.#begun.keys()];
    return this.#counted(sockets.flatMap((socket) => this.#giveUp(socket, "it was not answered")));
  }

  /** Everything so far, added up. */
  totals(): Pick<TraceTotals, "operations" | "heartbeats"> {
    return { operations: this.#totals.all(), heartbeats: this.#heartbeats };
  }

  #heartbeat({ direction, text }: TimedFrame): readonly TracedOperation[] {
    const { up, down } = this.#heartbeats;
    this.#heartbeats =
      direction === "sent" ? { up: withFrame(up, text), down } : { up, down: withFrame(down, text) };
    return [];
  }

  #counted(operations: readonly TracedOperation[]): readonly TracedOperation[] {
    for (const operation of operations) this.#totals.add(operation);
    return operations;
  }

  #sent({ socket, text, atMs }: TimedFrame, envelope: Envelope | null): readonly TracedOperation[] {
    if (envelope === null) return [unanswered({ ...UNREAD, atMs, up: withFrame(NO_FRAMES, text) }, NO_FRAME)];
    const { ref, topic, event, payloadText } = envelope;
    const payload = parsed(payloadText);
    const begun = { atMs, name: pushName(topic, event, payload), topic, up: withFrame(NO_FRAMES, text) };
    if (ref === null) return [unanswered(begun)];
    this.#channels.sent(socket, { ref, topic, event, payload });
    const pushes = this.#begun.get(socket) ?? new Map<string, Begun>();
    this.#begun.set(socket, pushes.set(ref, begun));
    return [];
  }

  #received({ socket, text, atMs }: TimedFrame, envelope: Envelope | null): readonly TracedOperation[] {
    const down = { down: withFrame(NO_FRAMES, text), deflatedBytes: deflatedAlone(text) };
    if (envelope === null) return [{ ...unanswered({ ...UNREAD, atMs, up: NO_FRAMES }, NO_FRAME), ...down }];
    const { ref, topic, event } = envelope;
    const pushes = this.#begun.get(socket);
    const begun = event === EVENT.reply && ref !== null ? pushes?.get(ref) : undefined;
    if (ref !== null) pushes?.delete(ref);
    const name = begun?.name ?? arrivalName(topic, event);
    return [
      {
        ...{ kind: "operation", atMs: begun?.atMs ?? atMs, name, topic, up: begun?.up ?? NO_FRAMES, ...down },
        answeredMs: begun === undefined ? null : toHundredths(atMs - begun.atMs),
        ...this.#channels.received(socket, topic, text),
      },
    ];
  }

  #giveUp(socket: string, problem: string): TracedOperation[] {
    const lost = [...(this.#begun.get(socket)?.values() ?? [])];
    this.#begun.delete(socket);
    return lost.map((begun) => unanswered(begun, problem));
  }
}

/** A frame that is none of Phoenix'. */
const UNREAD = { name: "unknown frame", topic: "" } as const;
const NO_FRAME = "it is no frame of Phoenix' serializer 2.0.0";

/** What a frame that answers nothing is called. */
function arrivalName(topic: string, event: string): string {
  if (!topic.startsWith(VIEW_TOPIC)) return `${topic} ${JSON.stringify(event)} pushed`;
  switch (event) {
    case EVENT.diff:
      return "pushed";
    case EVENT.error:
      return "crashed";
    case EVENT.close:
      return "closed";
    default:
      return `${event} pushed`;
  }
}

function unanswered(begun: Begun, problem?: string): TracedOperation {
  const nothing = { down: NO_FRAMES, deflatedBytes: 0, answeredMs: null, effect: null };
  return { kind: "operation", ...begun, ...nothing, ...(problem !== undefined && { problem }) };
}

/** Null for a frame that has none. */
function envelopeOf(text: string): Envelope | null {
  try {
    return splitFrame(text);
  } catch (error) {
    if (error instanceof BenchError) return null;
    throw error;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Chrome tells of times to a fraction of a microsecond that means nothing. */
const toHundredths = (ms: number): number => Math.max(0, Math.round(ms * 100) / 100);
