import { type AnyNode, type Document, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { ValuePush } from "./event-push.ts";
import { childElements, compileSelector, findFirst } from "./html.ts";
import { valuePushes } from "./value-push.ts";

/** An end of a list that a reader comes to. */
export type ViewportEdge = "top" | "bottom";

/**
 * What is bound to an end of a list: the list itself by its `phx-viewport-top` or `-bottom`, or where it has none another
 * element, as a marker in front of it. Null if there is no such binding (any more).
 *
 * @throws UsageError with code `not-on-page` if the list is not on the page
 */
export function boundToViewport(page: Document, list: string, edge: ViewportEdge): Element | null {
  const container = findFirst(compileSelector(list), page);
  if (container === null) throw new UsageError(`the page has no list ${list}`, { code: "not-on-page" });
  const isBound = (node: AnyNode) => isTag(node) && Boolean(node.attribs[`phx-viewport-${edge}`]);
  return isBound(container) ? container : findFirst(isBound, page);
}

/**
 * What is pushed when a user has scrolled to the first or the last element of what is bound to that. None if there is no
 * element in it.
 *
 * Source: `InfiniteScroll` in hooks.ts.
 *
 * @param overruns whether the event is told too by which the official client says that he has overrun the top. It does
 *   so whenever he comes to the top and was away from it before, but where `phx-viewport-overrun-target` names another
 *   element, whose place is not known here. At the bottom there is no such event
 */
export function viewportPushes(
  bound: Element,
  edge: ViewportEdge,
  { overruns }: { readonly overruns: boolean } = { overruns: false },
): readonly ValuePush[] {
  const attribute = `phx-viewport-${edge}`;
  const reached = childElements(bound).at(edge === "top" ? 0 : -1);
  if (reached === undefined) return [];
  const data = { id: reached.attribs.id ?? "" };
  const tellsOverrun = overruns && edge === "top" && !bound.attribs["phx-viewport-overrun-target"];
  return [
    ...(tellsOverrun ? valuePushes(bound, attribute, { type: "js", data: { ...data, _overran: true } }) : []),
    ...valuePushes(bound, attribute, { type: "js", data }),
  ];
}
