import type { Document, Element } from "domhandler";
import { isTag } from "domhandler";
import { ancestors, childElements, compileSelector, findAll, nameOf } from "../page/html.ts";
import { type Finding, found, missing, wordIn } from "./finding.ts";
import { selectorFor } from "./selector-for.ts";

/** How the page keeps the items of a list: its `phx-update`, or `assigns` without one. */
export type ListKind = "stream" | "append" | "prepend" | "assigns";

/** An element that may be the list of messages. */
export interface ListCandidate {
  readonly element: Element;
  readonly kind: ListKind;
  /** Null where no selector tells it from others. */
  readonly selector: string | null;
  readonly items: readonly Element[];
  /** What speaks for it: more is better. */
  readonly score: number;
}

const MESSAGES = /\b(message|chat|post|comment|feed|timeline|conversation)s?\b/iu;
const OTHERS = /\b(room|member|user|presence|flash|toast|notification|nav|menu|tab|contact)s?\b/iu;

/** The elements of a page that hold a list, the likeliest first. */
export function listCandidates(page: Document): readonly ListCandidate[] {
  const candidates = findAll(isTag, page).flatMap((element): ListCandidate[] => {
    const kind = kindOf(element);
    if (kind === null) return [];
    const items = childElements(element).filter(({ attribs }) => attribs.id);
    return [
      { element, kind, items, selector: selectorFor(element, page), score: scoreOf(element, kind, items) },
    ];
  });
  return candidates.toSorted((a, b) => b.score - a.score);
}

/** The list of messages, and how sure that is. */
export function findList(
  page: Document,
): readonly [candidate: (ListCandidate & { selector: string }) | null, Finding] {
  const key = "list.container";
  const candidates = listCandidates(page);
  const [best, second] = candidates;
  if (best === undefined || best.score <= 0) {
    return [
      null,
      missing(
        key,
        "no element has phx-update, nor children with ids of a kind: an empty list cannot be told",
      ),
    ];
  }
  const { selector, kind, items } = best;
  if (selector === null)
    return [null, missing(key, `${nameOf(best.element)} may be it, but no selector tells it`)];
  const what = `${kindInWords(kind)}, ${items.length} ${items.length === 1 ? "item" : "items"}`;
  const isOnly = second === undefined || (kind !== "assigns" && second.kind === "assigns");
  const others = candidates.slice(1, 4).map((other) => other.selector ?? nameOf(other.element));
  const why = isOnly ? what : `${what}; others are ${others.join(", ")}`;
  return [
    { ...best, selector },
    found(key, selector, isOnly && kind !== "assigns" ? "certain" : "likely", why),
  ];
}

/** How a list is rendered, for a person. */
export function kindInWords(kind: ListKind): string {
  return kind === "stream"
    ? "a stream"
    : kind === "assigns"
      ? "a list without phx-update"
      : `phx-update="${kind}"`;
}

function kindOf(element: Element): ListKind | null {
  const update = element.attribs["phx-update"];
  if (update === "stream" || update === "append" || update === "prepend") return update;
  return update === undefined && hasItemsOfAKind(element) ? "assigns" : null;
}

/** Whether its children are of one kind, with ids that begin alike and differ in a number: `message-1`, `message-2`. */
function hasItemsOfAKind(element: Element): boolean {
  const items = childElements(element).filter(({ attribs }) => attribs.id);
  const [first] = items;
  if (first === undefined || items.length < 2) return false;
  const prefix = commonPrefix(items.map(({ attribs }) => attribs.id ?? ""));
  return (
    items.every(({ name, attribs }) => name === first.name && /\d/u.test(attribs.id ?? "")) && prefix !== ""
  );
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? "";
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function scoreOf(element: Element, kind: ListKind, items: readonly Element[]): number {
  const { id, class: classes, role, "phx-update": _, ...rest } = element.attribs;
  const around = [...ancestors(element)].filter(isTag).slice(0, 3);
  const named = (words: RegExp) => wordIn(words, id, classes, items[0]?.attribs.id) !== null;
  return (
    (kind === "assigns" ? 1 : 4) +
    (named(MESSAGES) ? 4 : 0) +
    (named(OTHERS) && !named(MESSAGES) ? -4 : 0) +
    (role === "log" || around.some(({ attribs }) => attribs.role === "log") ? 3 : 0) +
    (isBoundToViewport(rest) ? 3 : 0) +
    (items.length > 0 ? 1 : 0) +
    (around.some(({ name }) => name === "nav" || name === "header") ? -4 : 0)
  );
}

const isBoundToViewport = (attribs: Record<string, string>): boolean =>
  "phx-viewport-top" in attribs || "phx-viewport-bottom" in attribs;

const VIEWPORT_TOP = compileSelector("[phx-viewport-top]");

/** What loads older items. */
export function findHistory(page: Document): Finding {
  const key = "scrollback";
  const [bound] = findAll(VIEWPORT_TOP, page);
  const event = bound?.attribs["phx-viewport-top"];
  return bound !== undefined && event
    ? found(key, event, "certain", `phx-viewport-top of ${selectorFor(bound, page) ?? nameOf(bound)}`)
    : missing(key, "no element has phx-viewport-top: older messages cannot be loaded, or there are none");
}
