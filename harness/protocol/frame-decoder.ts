import { isUtf8 } from "node:buffer";
import type { Channel } from "./channel.ts";
import { type Diff, newEntriesIn } from "./diff.ts";
import { type Envelope, splitFrame } from "./envelope.ts";
import { GenerationCache } from "./generation-cache.ts";
import { Interner } from "./intern.ts";
import { type Mentions, mentionsIn, NO_MENTIONS } from "./markup-mentions.ts";
import { parseDiff } from "./parse-diff.ts";
import type { AsciiPayload } from "./payload-skeleton.ts";
import { ProtocolError } from "./protocol-error.ts";
import {
  type DiffContent,
  diffPayloadStart,
  type RecentDiff,
  RecentDiffs,
  sampleOf,
} from "./recent-diffs.ts";
import { RecentPatterns } from "./recent-patterns.ts";
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

/** What a frame mentions that concerns the page as a whole. */
export const mentionsOf = (frame: Frame): Mentions =>
  frame.kind === "diff" || frame.kind === "reply" ? frame.mentions : NO_MENTIONS;

/** Who gets frames. */
export interface Recipient {
  readonly state: Channel;
}

const CLOSE = 0x5d;

/** How much text of replies is remembered, in UTF-16 units. */
const REPLY_LIMIT = 500_000;

/**
 * Decodes text frames, for all users of a process: frames that differ only in their envelope (a broadcast)
 * have their payload parsed once, and are mostly recognised by their bytes before they are text.
 */
export class FrameDecoder {
  readonly #interner = new Interner();
  readonly #patterns = new RecentPatterns(this.#interner);
  readonly #diffs = new RecentDiffs();
  readonly #replies = new GenerationCache<FrameContent>(REPLY_LIMIT);
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
    for (const { state } of recipients) {
      const payloadStart = diffPayloadStart(state, bytes, start);
      if (payloadStart === -1 || payloadStart >= end || bytes[end - 1] !== CLOSE) continue;
      const recent = this.#diffAt(bytes, payloadStart, end - 1);
      return recent === null ? null : diffFrame(state, recent);
    }
    const text = bytes.toString("utf8", start, end);
    return isIntact(text, bytes, start, end) ? this.decode(text) : null;
  }

  /** The diff that stands there. Only what is equal byte by byte is the same. */
  #diffAt(bytes: Buffer, start: number, end: number): RecentDiff | null {
    const sample = sampleOf(bytes, start, end);
    const known = this.#diffs.at(sample);
    if (known?.bytes?.length === end - start && known.bytes.compare(bytes, start, end) === 0) return known;
    const payloadText = bytes.toString("utf8", start, end);
    if (!isIntact(payloadText, bytes, start, end)) return null;
    const ascii = payloadText.length === end - start ? { bytes, start } : null;
    return this.#diffOf(payloadText, sample, ascii);
  }

  #diffOf(payloadText: string, sample: number, ascii: AsciiPayload | null): RecentDiff {
    const known = this.#diffs.at(sample);
    if (known?.payloadText === payloadText) {
      if (known.bytes === null) this.#share(known);
      return known;
    }
    const diff = this.#patterns.read(payloadText, ascii) ?? this.#parseDiff(payloadText);
    const content: DiffContent = { kind: "diff", diff, mentions: mentionsIn(payloadText) };
    const recent: RecentDiff = { sample, payloadText, content, bytes: null };
    this.#diffs.add(recent);
    return recent;
  }

  #parseDiff(payloadText: string): Diff {
    const diff = parseDiff(this.#interner, EVENT.diff, null, this.#parse(EVENT.diff, payloadText));
    this.#patterns.learn(payloadText, diff);
    return diff;
  }

  /** What has come twice is worth being recognised, and its entries will be met again where somebody joins. */
  #share(recent: RecentDiff): void {
    recent.bytes = Buffer.from(recent.payloadText);
    for (const entry of newEntriesIn(recent.content.diff.root)) this.#interner.remember(entry);
  }

  #content({ topic, event, payloadText }: Envelope): FrameContent {
    if (!topic.startsWith(VIEW_TOPIC)) {
      const payload = this.#parse(event, payloadText);
      return event === EVENT.reply
        ? { kind: "answer", answer: parseAnswer(payload) }
        : { kind: "other", payload };
    }
    switch (event) {
      case EVENT.diff: {
        const bytes = Buffer.from(payloadText);
        return this.#diffOf(payloadText, sampleOf(bytes, 0, bytes.length), null).content;
      }
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

  #parse(event: string, payloadText: string): unknown {
    this.#parsed += 1;
    try {
      return JSON.parse(payloadText);
    } catch {
      throw new ProtocolError(event, "", "the payload is not JSON");
    }
  }
}

function diffFrame(
  { joinRef, topic }: Channel,
  { payloadText, content: { diff, mentions } }: RecentDiff,
): Frame {
  return { joinRef, ref: null, topic, event: EVENT.diff, payloadText, kind: "diff", diff, mentions };
}

const REPLACEMENT = "\uFFFD";

/** Whether a text says all that its bytes do: what is no UTF-8 was replaced. */
function isIntact(text: string, bytes: Buffer, start: number, end: number): boolean {
  return !text.includes(REPLACEMENT) || isUtf8(bytes.subarray(start, end));
}
