import { ProtocolError } from "./protocol-error.ts";

/**
 * A text frame taken apart, its payload still text: `[join_ref, ref, topic, event, payload]`.
 *
 * Source: the V2 JSON serializer, `phoenix/assets/js/phoenix/serializer.js`.
 */
export interface Envelope {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  /** The payload's JSON, verbatim: equal for all users to whom the same was broadcast. */
  readonly payloadText: string;
}

/** The text frame that says this. */
export function encodeFrame(
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
): string {
  return JSON.stringify([joinRef, ref, topic, event, payload]);
}

/** The text frame that was taken apart. Its payload is verbatim. */
export function frameText({ joinRef, ref, topic, event, payloadText }: Envelope): string {
  return `${JSON.stringify([joinRef, ref, topic, event]).slice(0, -1)},${payloadText}]`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/**
 * Reads the first four elements of a frame and leaves the payload alone, so that frames that differ only in
 * their envelope can share one parsed payload.
 *
 * @throws ProtocolError if the text is no such array
 */
export function splitFrame(text: string): Envelope {
  if (text.charCodeAt(0) !== OPEN || text.charCodeAt(text.length - 1) !== CLOSE) {
    throw malformed(text, "is not a JSON array");
  }
  const joinRefEnd = elementEnd(text, 1);
  const refEnd = elementEnd(text, joinRefEnd + 1);
  const topicEnd = elementEnd(text, refEnd + 1);
  const eventEnd = elementEnd(text, topicEnd + 1);
  return {
    joinRef: element(text, 1, joinRefEnd),
    ref: element(text, joinRefEnd + 1, refEnd),
    topic: required(text, element(text, refEnd + 1, topicEnd), "topic"),
    event: required(text, element(text, topicEnd + 1, eventEnd), "event"),
    payloadText: text.slice(eventEnd + 1, -1),
  };
}

/** The index of the comma behind the string or `null` that starts at `start`. */
function elementEnd(text: string, start: number): number {
  let end = start + 4;
  if (text.charCodeAt(start) === QUOTE) {
    end = start + 1;
    while (text.charCodeAt(end) !== QUOTE) {
      if (end >= text.length) throw malformed(text, "ends within its envelope");
      end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    }
    end += 1;
  }
  if (text.charCodeAt(end) !== COMMA) {
    throw malformed(text, "is not [join_ref, ref, topic, event, payload]");
  }
  return end;
}

function element(text: string, start: number, end: number): string | null {
  if (text.charCodeAt(start) !== QUOTE) {
    if (text.startsWith("null", start)) return null;
    throw malformed(text, "has an element that is neither text nor null");
  }
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes("\\")) return inner;
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    throw malformed(text, "has an element that is no JSON");
  }
}

function required(text: string, value: string | null, name: string): string {
  if (value === null) throw malformed(text, `has no ${name}`);
  return value;
}

function malformed(text: string, problem: string): ProtocolError {
  const start = text.length > 80 ? `${text.slice(0, 80)}...` : text;
  return new ProtocolError("frame", "", `${JSON.stringify(start)} ${problem}`);
}
