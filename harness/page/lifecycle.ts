import { type AnyNode, type Document, type Element, isTag } from "domhandler";
import { UsageError } from "../core/errors.ts";
import type { ValuePush } from "./event-push.ts";
import { closest, findAll, findBound } from "./html.ts";
import { valuePushes } from "./value-push.ts";

const MOUNTED = "phx-mounted";
const REMOVE = "phx-remove";
const CONNECTED = "phx-connected";

/**
 * What the elements push that have come to a page (`phx-mounted`).
 *
 * Source: `maybeMounted` and `execNewMounted` in view.ts.
 *
 * @throws UsageError with code `unsupported-binding` where the name of an event stands in place of JS commands
 * @param before null: there was no page yet, as when a view is joined for the first time
 */
export function mountedPushes(before: Document | null, after: Document): readonly ValuePush[] {
  return missingFrom(before, after, MOUNTED).flatMap((element) => commandPushes(element, MOUNTED, null));
}

/**
 * What the elements push that have gone from a page (`phx-remove`), those without an id first. Elements that have gone
 * with what they were in push nothing.
 *
 * Source: `maybePendingRemove` in dom_patch.ts, `transitionRemoves` in live_socket.ts; the order is morphdom's.
 */
export function removedPushes(before: Document, after: Document): readonly ValuePush[] {
  const gone = missingFrom(after, before, REMOVE);
  const ids = new Set(findAll(hasId, after).map(({ attribs }) => attribs.id));
  const isGone = (element: Element) =>
    gone.includes(element) || (hasId(element) && !ids.has(element.attribs.id));
  const outermost = gone.filter(
    (element) => closest(element, (around) => around !== element && isGone(around)) === null,
  );
  return [...outermost.filter((element) => !hasId(element)), ...outermost.filter(hasId)].flatMap((element) =>
    commandPushes(element, REMOVE, "remove"),
  );
}

/**
 * What a page pushes each time that its view was joined (`phx-connected`). What is bound to the contrary,
 * `phx-disconnected`, pushes nothing: there is nobody to push to.
 *
 * Source: `hideLoader` and `execAll` in view.ts.
 */
export function connectedPushes(page: Document): readonly ValuePush[] {
  return findBound(page, CONNECTED).flatMap((element) => commandPushes(element, CONNECTED, null));
}

/** Here only JS commands go: the name of an event makes the official client throw. Source: `execJS` in live_socket.ts. */
function commandPushes(element: Element, attribute: string, type: "remove" | null): readonly ValuePush[] {
  if (element.attribs[attribute]?.startsWith("[")) return valuePushes(element, attribute, { type });
  throw new UsageError(`${attribute}="${element.attribs[attribute]}" is no JS command, as it has to be`, {
    code: "unsupported-binding",
  });
}

function hasId(node: AnyNode): node is Element {
  return isTag(node) && node.attribs.id !== undefined;
}

/**
 * The bound elements of a page that another one has not. Those without an id are told apart by their binding and their
 * place, so that of several equal ones the last are missing.
 */
function missingFrom(page: Document | null, from: Document, attribute: string): readonly Element[] {
  const left = new Map<string, number>();
  for (const element of page === null ? [] : findBound(page, attribute)) {
    const key = identityOf(element, attribute);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return findBound(from, attribute).filter((element) => {
    const key = identityOf(element, attribute);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function identityOf(element: Element, attribute: string): string {
  const { id } = element.attribs;
  if (id !== undefined) return `#${id}`;
  const around = closest(element, ({ attribs }) => attribs.id !== undefined);
  return `${around?.attribs.id ?? ""} ${element.name} ${element.attribs[attribute]}`;
}
