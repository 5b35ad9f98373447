import type { Document, Element } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { isCheckable, isDisabled } from "./controls.ts";
import { isShown } from "./element-value.ts";
import type { ValuePush } from "./event-push.ts";
import { type FieldState, NO_FIELD_STATE } from "./field-state.ts";
import { closest, compileSelector, elementById, findBound, findFirst } from "./html.ts";
import { valueAfterClick } from "./toggle.ts";
import { valuePushes } from "./value-push.ts";

const CLICKABLE = "phx-click";
const AWAY = "phx-click-away";

/**
 * What the selector matches, to be clicked.
 *
 * @param item the DOM id of the item within which to look; null: anywhere on the page
 * @throws UsageError with code `not-on-page` if there is nothing, or nothing that a click on it would reach
 */
export function findClick(page: Document, selector: string, item: string | null): Element {
  const where = item === null ? "the page" : `item ${item}`;
  const within = item === null ? page : elementById(page, item);
  const clicked = within === null ? null : findFirst(compileSelector(selector), within);
  if (clicked === null) {
    throw new UsageError(`${where} has nothing that matches ${selector}`, { code: "not-on-page" });
  }
  if (closest(clicked, (element) => element.name !== "fieldset" && isDisabled(element)) !== null) {
    throw new UsageError("a disabled element cannot be clicked", { code: "not-on-page" });
  }
  if (boundToClick(clicked) === null && leftByClick(clicked, page).length === 0) {
    throw new UsageError(`${where} has no phx-click at ${selector}`, { code: "not-on-page" });
  }
  return clicked;
}

/**
 * The element that a click reaches: the one that is clicked or the closest one around it that has a `phx-click` and is
 * not disabled; null if there is none.
 *
 * Source: `closestPhxBinding` in utils.ts.
 */
export function boundToClick(clicked: Element): Element | null {
  return closest(clicked, (element) => element.attribs[CLICKABLE] !== undefined && !isDisabled(element));
}

/**
 * What is pushed by what a click has reached. Source: `bindClick` in live_socket.ts.
 *
 * @param fields before the click
 */
export function clickPushes(
  clicked: Element,
  bound: Element,
  fields: FieldState = NO_FIELD_STATE,
): readonly ValuePush[] {
  const toggles = clicked === bound && isCheckable(bound);
  const own = toggles ? { own: valueAfterClick(bound, fields) } : {};
  return valuePushes(bound, CLICKABLE, { type: "click", fields, ...own });
}

/**
 * The elements with `phx-click-away` that a user has clicked outside of, as far as nothing in the page's HTML hides them:
 * they push before what the click reaches.
 *
 * Source: `dispatchClickAway` in live_socket.ts.
 */
export function leftByClick(clicked: Element, page: Document): readonly Element[] {
  const inside = (element: Element) => closest(clicked, (around) => around === element) !== null;
  return findBound(page, AWAY).filter((element) => isShown(element) && !inside(element));
}

/** What is pushed by an element that a user has clicked outside of. */
export function clickAwayPushes(left: Element, fields: FieldState = NO_FIELD_STATE): readonly ValuePush[] {
  return valuePushes(left, AWAY, { type: "click", fields });
}
