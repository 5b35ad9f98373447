import { type Document, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import { boundValues, pushesOf } from "./bindings.ts";
import type { ClickPush } from "./event-push.ts";
import { compileSelector, findAll, findFirst } from "./html.ts";

const CLICKABLE = "phx-click";

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
 * What is pushed when a user has scrolled to the first element of a list; none if the list has no
 * `phx-viewport-top` (any more) or no element.
 *
 * Source: `InfiniteScroll` in hooks.ts.
 *
 * @throws UsageError with code `not-on-page` if the list is not on the page
 */
export function viewportTopPushes(page: Document, list: string): readonly ClickPush[] {
  const container = findFirst(compileSelector(list), page);
  if (container === null) throw new UsageError(`the page has no list ${list}`, { code: "not-on-page" });
  const binding = container.attribs["phx-viewport-top"];
  const first = container.children.find(isTag);
  if (binding === undefined || binding === "" || first === undefined) return [];
  return pushesOf(binding, container).map((push) => ({
    type: "js",
    event: push.event,
    value: { id: first.attribs.id ?? "", ...boundValues(container), ...push.value },
    ...(push.cid === null ? {} : { cid: push.cid }),
  }));
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
