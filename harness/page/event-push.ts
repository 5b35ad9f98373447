import type { JsonObject } from "../protocol/json.ts";

/**
 * The payload of an `event` push, with its keys in the order in which the official client sends them.
 *
 * Source: `pushEvent`, `pushInput` and `pushFormSubmit` in view.ts.
 */
export type EventPush = ClickPush | FormPush;

/** A click, or another event whose value is an object. */
export interface ClickPush {
  readonly type: "click" | "js";
  readonly event: string;
  readonly value: JsonObject;
  readonly cid?: number;
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
