import { type Document, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { ValuePush } from "./event-push.ts";
import { childElements, compileSelector, findAll, findFirst } from "./html.ts";
import { valuePushes } from "./value-push.ts";

/** An end of a list that a reader comes to. */
export type ViewportEdge = "top" | "bottom";

/**
 * What is pushed when a user has scrolled to the first or the last element of a list: by the list's own
 * `phx-viewport-top` or `-bottom`, or where it has none by that of another element, as of a marker in front of the list.
 * None if there is no such binding (any more), or no element in what has it.
 *
 * Source: `InfiniteScroll` in hooks.ts.
 *
 * @param overruns whether he jumps beyond the top at once, so that what has the binding comes into view from its very
 *   beginning: that is told first, by an event of its own. Where `phx-viewport-overrun-target` names another element it
 *   is not, as that one's place is not known here. At the bottom there is no such event
 * @throws UsageError with code `not-on-page` if the list is not on the page
 */
export function viewportPushes(
  page: Document,
  list: string,
  edge: ViewportEdge,
  { overruns }: { readonly overruns: boolean } = { overruns: false },
): readonly ValuePush[] {
  const attribute = `phx-viewport-${edge}`;
  const container = findFirst(compileSelector(list), page);
  if (container === null) throw new UsageError(`the page has no list ${list}`, { code: "not-on-page" });
  const isBound = (element: Element) => Boolean(element.attribs[attribute]);
  const bound = isBound(container) ? container : findAll((node) => isTag(node) && isBound(node), page)[0];
  const reached = bound === undefined ? undefined : childElements(bound).at(edge === "top" ? 0 : -1);
  if (bound === undefined || reached === undefined) return [];
  const data = { id: reached.attribs.id ?? "" };
  const tellsOverrun = overruns && edge === "top" && !bound.attribs["phx-viewport-overrun-target"];
  return [
    ...(tellsOverrun ? valuePushes(bound, attribute, { type: "js", data: { ...data, _overran: true } }) : []),
    ...valuePushes(bound, attribute, { type: "js", data }),
  ];
}
