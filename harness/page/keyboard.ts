import type { Document, Element } from "domhandler";
import type { ValuePush } from "./event-push.ts";
import type { FieldState } from "./field-state.ts";
import { findBound } from "./html.ts";
import { valuePushes } from "./value-push.ts";

/** A key that goes down or up. */
export interface KeyStroke {
  readonly type: "keydown" | "keyup";
  /** As browsers name it: `Escape`, `a`. */
  readonly key: string;
}

/** A binding of an element that a key is for. */
export interface BoundKey {
  readonly element: Element;
  /** `phx-keydown`, `phx-window-keydown`, ... */
  readonly attribute: string;
}

/**
 * Whom a key reaches: the element that has the focus, if it is bound to the key's type; else all elements that listen for
 * keys of the whole window. What is around the element does not hear it.
 *
 * Source: `bind` in live_socket.ts.
 *
 * @param focused null: none but the page itself
 */
export function boundToKey(
  page: Document,
  focused: Element | null,
  { type }: KeyStroke,
): readonly BoundKey[] {
  const attribute = `phx-${type}`;
  if (focused?.attribs[attribute]) return [{ element: focused, attribute }];
  const global = `phx-window-${type}`;
  return findBound(page, global).map((element) => ({ element, attribute: global }));
}

/**
 * What a binding pushes for a key; nothing if `phx-key` names another one, in whatever case.
 *
 * Source: `bindTopLevelEvents` in live_socket.ts.
 */
export function keyPushes(
  { element, attribute }: BoundKey,
  { type, key }: KeyStroke,
  fields: FieldState,
): readonly ValuePush[] {
  const wanted = element.attribs["phx-key"];
  if (wanted && wanted.toLowerCase() !== key.toLowerCase()) return [];
  return valuePushes(element, attribute, { type, data: { key }, fields });
}
