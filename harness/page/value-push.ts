import type { Element } from "domhandler";
import type { JsonObject } from "../protocol/json.ts";
import { boundValues, pushesOf } from "./bindings.ts";
import { elementValue } from "./element-value.ts";
import { addressedTo, type EventType, type ValuePush } from "./event-push.ts";
import { type FieldState, NO_FIELD_STATE } from "./field-state.ts";

/** What happened to an element that has a binding. */
export interface BoundEvent {
  readonly type: EventType;
  /** What the client knows of the event, as the key that was pressed. Default: nothing. */
  readonly data?: JsonObject;
  /** What the user has typed, which goes along as the element's value. Default: nothing. */
  readonly fields?: FieldState;
  /** The element's value where the event itself has changed it; null: now it has none. Default: as it is. */
  readonly own?: string | null;
}

/**
 * What a binding pushes for anything but forms: what is known of the event, the element's `phx-value-*` and its own
 * value, and what the command adds; later ones win. The official client writes all of that into one object, so what
 * one push of a list adds is in the next ones too.
 *
 * Source: `JS.exec` in js.js, `pushEvent` and `extractMeta` in view.ts.
 *
 * @param attribute the binding's name: `phx-click`
 */
export function valuePushes(element: Element, attribute: string, happened: BoundEvent): readonly ValuePush[] {
  const binding = element.attribs[attribute];
  if (!binding) return [];
  let known: JsonObject = happened.data ?? {};
  return pushesOf(binding, element).map(({ event, value: added, cid, source, isDirect }) => {
    const own =
      source === element && happened.own !== undefined
        ? happened.own
        : elementValue(source, happened.fields ?? NO_FIELD_STATE);
    const value = {
      ...(isDirect ? known : {}),
      ...boundValues(source),
      ...(own === undefined || own === null ? {} : { value: own }),
      ...added,
    };
    if (isDirect) known = value;
    return { type: happened.type, event, value, ...addressedTo(cid) };
  });
}
