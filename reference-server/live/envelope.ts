/** A message of a client: `[join_ref, ref, topic, event, payload]` (`phoenix/socket/serializers/v2_json_serializer.ex`). */
export interface ClientMessage {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const isRef = (value: unknown): value is string | null => value === null || typeof value === "string";

/** Reads a text frame; null for anything that is no message. */
export function decodeMessage(text: string): ClientMessage | null {
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

/** An answer to a client's message. */
export function encodeReply(message: ClientMessage, status: "ok" | "error", response: object): string {
  return JSON.stringify([message.joinRef, message.ref, message.topic, "phx_reply", { response, status }]);
}

/** A message that nobody asked for. */
export function encodePush(joinRef: string | null, topic: string, event: string, payload: object): string {
  return JSON.stringify([joinRef, null, topic, event, payload]);
}
