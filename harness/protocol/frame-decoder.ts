import type { Diff } from "./diff.ts";
import { type Envelope, splitFrame } from "./envelope.ts";
import { GenerationCache } from "./generation-cache.ts";
import { Interner } from "./intern.ts";
import { parseDiff } from "./parse-diff.ts";
import { ProtocolError } from "./protocol-error.ts";
import { type Answer, parseAnswer, parseReply, type Reply } from "./reply.ts";
import { EVENT, VIEW_TOPIC } from "./wire-keys.ts";

/** A frame as the channel reads it. What hangs on it is shared with other users: immutable. */
export type Frame = Envelope & FrameContent;

/** What a frame says, by event. */
export type FrameContent =
  | { readonly kind: "diff"; readonly diff: Diff }
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "other"; readonly payload: unknown };

/** How much payload text is remembered, in UTF-16 units. */
const PAYLOAD_LIMIT = 4_000_000;

/**
 * Decodes text frames, for all users of a process: frames that differ only in their envelope (a broadcast)
 * have their payload parsed once.
 */
export class FrameDecoder {
  readonly #interner = new Interner();
  readonly #diffs = new GenerationCache<FrameContent>(PAYLOAD_LIMIT);
  readonly #replies = new GenerationCache<FrameContent>(PAYLOAD_LIMIT);
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

  #content({ topic, event, payloadText }: Envelope): FrameContent {
    if (!topic.startsWith(VIEW_TOPIC)) {
      const payload = this.#parse(event, payloadText);
      return event === EVENT.reply
        ? { kind: "answer", answer: parseAnswer(payload) }
        : { kind: "other", payload };
    }
    switch (event) {
      case EVENT.diff: {
        const known = this.#diffs.get(payloadText);
        if (known !== undefined) return known;
        const diff = parseDiff(this.#interner, event, null, this.#parse(event, payloadText));
        return remember(this.#diffs, payloadText, { kind: "diff", diff });
      }
      case EVENT.reply: {
        const known = this.#replies.get(payloadText);
        if (known !== undefined) return known;
        const reply = parseReply(this.#interner, this.#parse(event, payloadText));
        return remember(this.#replies, payloadText, { kind: "reply", reply });
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

function remember(cache: GenerationCache<FrameContent>, key: string, content: FrameContent): FrameContent {
  cache.set(key, content);
  return content;
}
