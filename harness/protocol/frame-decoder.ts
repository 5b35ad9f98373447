import { isUtf8 } from "node:buffer";
import { type Broadcast, Broadcasts, diffPayloadStart } from "./broadcasts.ts";
import type { Channel } from "./channel.ts";
import type { Diff } from "./diff.ts";
import { type Envelope, splitFrame } from "./envelope.ts";
import { GenerationCache } from "./generation-cache.ts";
import { Interner } from "./intern.ts";
import { type Mentions, mentionsIn, NO_MENTIONS } from "./markup-mentions.ts";
import { parseDiff } from "./parse-diff.ts";
import { ProtocolError } from "./protocol-error.ts";
import { type Answer, parseAnswer, parseReply, type Reply } from "./reply.ts";
import { EVENT, VIEW_TOPIC } from "./wire-keys.ts";

/** A frame as the channel reads it. What hangs on it is shared with other users: immutable. */
export type Frame = Envelope & FrameContent;

/** What a frame says, by event. */
export type FrameContent =
  | DiffContent
  | { readonly kind: "reply"; readonly reply: Reply; readonly mentions: Mentions }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "other"; readonly payload: unknown };

/** What a pushed diff says. */
export interface DiffContent {
  readonly kind: "diff";
  readonly diff: Diff;
  readonly mentions: Mentions;
}

/** What a frame mentions that concerns the page as a whole. */
export const mentionsOf = (frame: Frame): Mentions =>
  frame.kind === "diff" || frame.kind === "reply" ? frame.mentions : NO_MENTIONS;

/** Who gets frames, as far as it matters for recognising them. */
export interface Recipient {
  readonly state: Channel;
  /** The serial of the broadcast that came last, kept for the decoder. */
  lastBroadcast: number;
}

/** A diff that came, once or more often. */
interface KnownDiff {
  readonly content: DiffContent;
  /** Null until it came a second time. */
  broadcast: Broadcast | null;
}

const CLOSE = 0x5d;

/** How much payload text is remembered, in UTF-16 units. */
const PAYLOAD_LIMIT = 4_000_000;

/**
 * Decodes text frames, for all users of a process: frames that differ only in their envelope (a broadcast)
 * have their payload parsed once, and are mostly recognised by their bytes before they are text.
 */
export class FrameDecoder {
  readonly #interner = new Interner();
  readonly #diffs = new GenerationCache<KnownDiff>(PAYLOAD_LIMIT);
  readonly #replies = new GenerationCache<FrameContent>(PAYLOAD_LIMIT);
  readonly #broadcasts = new Broadcasts();
  #parsed = 0;

  /** How many payloads were parsed rather than found: a measure of what the cache is worth. */
  get parsed(): number {
    return this.#parsed;
  }

  /** @throws ProtocolError if the text is no frame, or its payload is not understood */
  decode(text: string): Frame {
    const envelope = splitFrame(text);
    return { ...envelope, ...this.#content(envelope) };
  }

  /**
   * Decodes the frame that stands in bytes from `start` to `end`. Null where they are not UTF-8.
   *
   * @param recipients the channels for one of which it may be
   * @throws ProtocolError as {@link decode}
   */
  decodeBytes(bytes: Buffer, start: number, end: number, recipients: readonly Recipient[]): Frame | null {
    for (const recipient of recipients) {
      const payloadStart = diffPayloadStart(recipient.state, bytes, start);
      if (payloadStart === -1 || payloadStart >= end || bytes[end - 1] !== CLOSE) continue;
      return this.#diffFor(recipient, bytes, payloadStart, end - 1);
    }
    const text = bytes.toString("utf8", start, end);
    return isIntact(text, bytes, start, end) ? this.decode(text) : null;
  }

  #diffFor(recipient: Recipient, bytes: Buffer, start: number, end: number): Frame | null {
    const { state, lastBroadcast } = recipient;
    const expected = this.#broadcasts.recognise(lastBroadcast, bytes, start, end);
    if (expected !== null) {
      recipient.lastBroadcast = expected.serial;
      return diffFrame(state, expected.payloadText, expected.content);
    }
    const payloadText = bytes.toString("utf8", start, end);
    if (!isIntact(payloadText, bytes, start, end)) return null;
    const known = this.#diffs.get(payloadText);
    if (known === undefined) return diffFrame(state, payloadText, this.#parseDiff(payloadText).content);
    known.broadcast ??= this.#broadcasts.add(known.content, payloadText);
    this.#broadcasts.follow(lastBroadcast, known.broadcast);
    recipient.lastBroadcast = known.broadcast.serial;
    return diffFrame(state, payloadText, known.content);
  }

  #content({ topic, event, payloadText }: Envelope): FrameContent {
    if (!topic.startsWith(VIEW_TOPIC)) {
      const payload = this.#parse(event, payloadText);
      return event === EVENT.reply
        ? { kind: "answer", answer: parseAnswer(payload) }
        : { kind: "other", payload };
    }
    switch (event) {
      case EVENT.diff:
        return (this.#diffs.get(payloadText) ?? this.#parseDiff(payloadText)).content;
      case EVENT.reply: {
        const known = this.#replies.get(payloadText);
        if (known !== undefined) return known;
        const reply = parseReply(this.#interner, this.#parse(event, payloadText));
        const content: FrameContent = { kind: "reply", reply, mentions: mentionsIn(payloadText) };
        this.#replies.set(payloadText, content);
        return content;
      }
      default:
        return { kind: "other", payload: this.#parse(event, payloadText) };
    }
  }

  #parseDiff(payloadText: string): KnownDiff {
    const diff = parseDiff(this.#interner, EVENT.diff, null, this.#parse(EVENT.diff, payloadText));
    const content: DiffContent = { kind: "diff", diff, mentions: mentionsIn(payloadText) };
    const known: KnownDiff = { content, broadcast: null };
    this.#diffs.set(payloadText, known);
    return known;
  }

  #parse(event: string, payloadText: string): unknown {
    this.#parsed += 1;
    try {
      return JSON.parse(payloadText);
    } catch {
      throw new ProtocolError(event, "", "the payload is not JSON");
    }
  }
}

function diffFrame({ joinRef, topic }: Channel, payloadText: string, { diff, mentions }: DiffContent): Frame {
  return { joinRef, ref: null, topic, event: EVENT.diff, payloadText, kind: "diff", diff, mentions };
}

const REPLACEMENT = "\uFFFD";

/** Whether a text says all that its bytes do: what is no UTF-8 was replaced. */
function isIntact(text: string, bytes: Buffer, start: number, end: number): boolean {
  return !text.includes(REPLACEMENT) || isUtf8(bytes.subarray(start, end));
}
