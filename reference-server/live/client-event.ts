import type { ClientEvent } from "./view.ts";

/**
 * The event in a message of the page; undefined where it is none: `type`, `event` and `value` must be there. The type of
 * commands that a page's script runs is null.
 *
 * Source: the message `event` in channel.ex, and `decode_event_type`.
 */
export function clientEvent(payload: Readonly<Record<string, unknown>>): ClientEvent | undefined {
  const { type, event, value } = payload;
  if (typeof type !== "string" && type !== null) return undefined;
  if (typeof event !== "string" || value === undefined) return undefined;
  if (type === "form") {
    if (typeof value !== "string") return undefined;
    return { type: "form", name: event, form: new URLSearchParams(value) };
  }
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  return { type: "other", name: event, value: given as Readonly<Record<string, unknown>> };
}
