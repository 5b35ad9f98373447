import { type Json, quoted } from "./json.ts";

/** A message of a client: `[join_ref, ref, topic, event, payload]` (`phoenix/socket/serializers/v2_json_serializer.ex`). */
export interface ClientMessage {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * How deep the JSON of a message may be nested. What comes after the parser walks values by recursion (comparison,
 * copies, JSON again), so depth is bounded before there is a value at all.
 */
const MOST_NESTING = 100;

const isRef = (value: unknown): value is string | null => value === null || typeof value === "string";

/** Reads a text frame; null for anything that is no message. */
export function decodeMessage(text: string): ClientMessage | null {
  if (nestsDeeper(text, MOST_NESTING)) return null;
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 5) return null;
  const [joinRef, ref, topic, event, payload] = parts as readonly unknown[];
  if (!isRef(joinRef) || !isRef(ref) || typeof topic !== "string" || typeof event !== "string") return null;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return null;
  return { joinRef, ref, topic, event, payload: payload as Readonly<Record<string, unknown>> };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Whether brackets and braces outside of strings nest deeper than `most`. Reads what is no JSON as well. */
function nestsDeeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== QUOTE)
        at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
    } else if (OPENING.has(code)) {
      depth++;
      if (depth > most) return true;
    } else if (CLOSING.has(code)) depth--;
  }
  return false;
}

/** An answer to a client's message. */
export function encodeReply(message: ClientMessage, status: "ok" | "error", response: Json): string {
  const head = headOf(message.joinRef, message.ref, message.topic, "phx_reply");
  return `${head}{"response":${response},"status":"${status}"}]`;
}

/** A message that nobody asked for. */
export function encodePush(joinRef: string | null, topic: string, event: string, payload: Json): string {
  return `${headOf(joinRef, null, topic, event)}${payload}]`;
}

/** The end of a channel: its join's ref stands for the message's own. Source: `encode_close` in phoenix/socket.ex. */
export function encodeEnd(joinRef: string | null, topic: string, event: "phx_close" | "phx_error"): string {
  return `${headOf(joinRef, joinRef, topic, event)}{}]`;
}

function headOf(joinRef: string | null, ref: string | null, topic: string, event: string): string {
  return `[${refOf(joinRef)},${refOf(ref)},${quoted(topic)},${quoted(event)},`;
}

const refOf = (ref: string | null): string => (ref === null ? "null" : quoted(ref));
