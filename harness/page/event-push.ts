import type { JsonObject } from "../protocol/json.ts";

/**
 * The payload of an `event` push, with its keys in the order in which the official client sends them.
 *
 * Source: `pushEvent`, `pushHookEvent`, `pushInput` and `pushFormSubmit` in view.ts.
 */
export type EventPush = ValuePush | FormPush;

/**
 * What kind of event was bound: `js` is what the client's own scripts push, as when a list is scrolled, and null what
 * pushes without an event, as `phx-mounted`.
 */
export type EventType = "click" | "keydown" | "keyup" | "focus" | "blur" | "hook" | "js" | "remove" | null;

/** A click, or another event whose value is an object. */
export interface ValuePush {
  readonly type: EventType;
  readonly event: string;
  readonly value: JsonObject;
  readonly cid?: number;
}

/** Whom a push is for, as it says it: a component; nothing where that is the view (null). */
export function addressedTo(cid: number | null): Pick<EventPush, "cid"> {
  return cid === null ? {} : { cid };
}

/** A form that is sent or changed. */
export interface FormPush {
  readonly type: "form";
  readonly event: string;
  /** URL-encoded. */
  readonly value: string;
  readonly meta: JsonObject;
  /** Only where a form changes. */
  readonly uploads?: JsonObject;
  readonly cid?: number;
}
