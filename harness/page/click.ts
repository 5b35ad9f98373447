import { type Document, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { boundValues, pushesOf } from "./bindings.ts";
import type { ClickPush } from "./event-push.ts";
import { compileSelector, findAll, findFirst } from "./html.ts";

const CLICKABLE = "phx-click";
const VIEWPORT_TOP = "phx-viewport-top";

/**
 * The element that a click on what the selector matches would reach: itself or the closest around it that has
 * a `phx-click`.
 *
 * @param item the DOM id of the item within which to look; null: anywhere on the page
 * @throws UsageError with code `not-on-page` if there is nothing to click
 */
export function findClick(page: Document, selector: string, item: string | null): Element {
  const where = item === null ? "the page" : `item ${item}`;
  const within = item === null ? page : elementById(page, item);
  const clicked = within === null ? null : findFirst(compileSelector(selector), within);
  for (let node: Element["parent"] = clicked; node !== null; node = node.parent) {
    if (isTag(node) && node.attribs[CLICKABLE] !== undefined) return node;
  }
  const problem =
    clicked === null ? `has nothing that matches ${selector}` : `has no phx-click at ${selector}`;
  throw new UsageError(`${where} ${problem}`, { code: "not-on-page" });
}

/**
 * What is pushed when a user clicks an element with `phx-click`.
 *
 * Source: `bindClick` in live_socket.ts, `pushEvent` and `extractMeta` in view.ts.
 */
export function clickPushes(element: Element): readonly ClickPush[] {
  if (element.attribs.disabled !== undefined) {
    throw new UsageError("a disabled element cannot be clicked", { code: "not-on-page" });
  }
  return pushesOf(element.attribs[CLICKABLE] ?? "", element).map((push) => ({
    type: "click",
    event: push.event,
    value: { ...boundValues(element), ...ownValue(element), ...push.value },
    ...(push.cid === null ? {} : { cid: push.cid }),
  }));
}

/**
 * What is pushed when a user has scrolled to the first element of a list: by the list's own `phx-viewport-top`, or
 * where it has none by that of another element, as of a marker in front of the list. None if there is no such
 * binding (any more), or no element in what has it.
 *
 * Source: `InfiniteScroll` in hooks.ts.
 *
 * @throws UsageError with code `not-on-page` if the list is not on the page
 */
export function viewportTopPushes(page: Document, list: string): readonly ClickPush[] {
  const container = findFirst(compileSelector(list), page);
  if (container === null) throw new UsageError(`the page has no list ${list}`, { code: "not-on-page" });
  const bound = hasViewportTop(container)
    ? container
    : findAll((node) => isTag(node) && hasViewportTop(node), page)[0];
  const first = bound?.children.find(isTag);
  if (bound === undefined || first === undefined) return [];
  return pushesOf(bound.attribs[VIEWPORT_TOP] ?? "", bound).map((push) => ({
    type: "js",
    event: push.event,
    value: { id: first.attribs.id ?? "", ...boundValues(bound), ...push.value },
    ...(push.cid === null ? {} : { cid: push.cid }),
  }));
}

function hasViewportTop(element: Element): boolean {
  return Boolean(element.attribs[VIEWPORT_TOP]);
}

/** The `value` that elements of some kinds have, even without the attribute. */
function ownValue(element: Element): { readonly value?: string | number } {
  const { type, value, checked } = element.attribs;
  switch (element.name) {
    case "input":
      if (type === "checkbox" || type === "radio")
        return checked === undefined ? {} : { value: value ?? "on" };
      return { value: value ?? "" };
    case "button":
    case "option":
    case "select":
    case "textarea":
      return { value: value ?? "" };
    case "li":
      return { value: Number.parseInt(value ?? "0", 10) };
    default:
      return {};
  }
}

function elementById(page: Document, id: string): Element | null {
  return findAll((node) => isTag(node) && node.attribs.id === id, page)[0] ?? null;
}
