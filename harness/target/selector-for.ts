import type { Document, Element } from "domhandler";
import { ancestors, compileSelector, findAll } from "../page/html.ts";

/** The ids that LiveView makes anew for each page. Source: `random_id` in phoenix_live_view/utils.ex. */
const MADE_UP_ID = /^phx-/u;
/** Classes of utility frameworks, which say how something looks: `md:hover:bg-red-500`, `[&>a]:mt-2`. */
const PLAIN_CLASS = /^[A-Za-z][\w-]*$/u;
/** Attributes that say what an element is for. */
const TELLING = ["phx-submit", "phx-click", "phx-update", "aria-label", "name", "title", "type", "role"];

/**
 * A selector that finds this element and, within `root`, no other: by its id, a class, or what it is bound to. Ids that
 * hold a number of an item are not used within one. Null where there is none.
 *
 * @param root the page, or the item that the element is in
 */
export function selectorFor(element: Element, root: Document | Element): string | null {
  const own = simpleSelectors(element, root.type === "tag").find((selector) => isUnique(selector, root));
  if (own !== undefined) return own;
  for (const around of ancestors(element)) {
    if (around === root || around.type !== "tag") break;
    const outer = simpleSelectors(around, root.type === "tag").find((selector) => isUnique(selector, root));
    if (outer === undefined) continue;
    const inner = simpleSelectors(element, false).find((selector) => isUnique(`${outer} ${selector}`, root));
    if (inner !== undefined) return `${outer} ${inner}`;
  }
  return null;
}

function isUnique(selector: string, root: Document | Element): boolean {
  return findAll(compileSelector(selector), root.children).length === 1;
}

function simpleSelectors(element: Element, inItem: boolean): string[] {
  const { id, class: classes = "" } = element.attribs;
  const tag = element.name;
  const isStable = id !== undefined && id !== "" && !MADE_UP_ID.test(id) && !(inItem && /\d/u.test(id));
  const plain = classes.split(/\s+/u).filter((one) => PLAIN_CLASS.test(one));
  return [
    ...(isStable ? [PLAIN_CLASS.test(id) ? `#${id}` : `[id=${quoted(id)}]`] : []),
    ...plain.map((one) => `.${one}`),
    ...plain.map((one) => `${tag}.${one}`),
    ...TELLING.flatMap((name) => {
      const value = element.attribs[name];
      // JS commands may hold ids.
      return value && !value.startsWith("[") ? [`${tag}[${name}=${quoted(value)}]`] : [];
    }),
    tag,
  ];
}

const quoted = (value: string): string => `"${value.replace(/["\\]/gu, "\\$&")}"`;
