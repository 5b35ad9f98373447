import { compile, is, type Options, selectAll, selectOne } from "css-select";
import { type AnyNode, type Document, type Element, isDocument, isTag, type ParentNode } from "domhandler";
import * as domutils from "domutils";
import { parseDocument } from "htmlparser2";
import { UsageError } from "../core/errors.ts";

/** A compiled CSS selector. */
export type Query = (node: AnyNode) => boolean;

/**
 * Parses HTML into a DOM whose elements know where in the text they stand (`startIndex`, `endIndex`, the
 * latter of the last character).
 */
export function parseHtml(html: string): Document {
  return parseDocument(html, { withStartIndices: true, withEndIndices: true });
}

/**
 * Compiles a selector of a scenario.
 *
 * @param onRead told of every attribute's value and every text that the query's answer depends on
 * @throws UsageError with code `bad-selector` if it is no CSS selector
 */
export function compileSelector(selector: string, onRead?: (value: string) => void): Query {
  try {
    if (onRead === undefined) return compile<AnyNode, Element>(selector);
    return compile<AnyNode, Element>(selector, { adapter: watchedDom(onRead) });
  } catch (cause) {
    throw new UsageError(`${JSON.stringify(selector)} is no CSS selector`, { code: "bad-selector", cause });
  }
}

function watchedDom(onRead: (value: string) => void): NonNullable<Options<AnyNode, Element>["adapter"]> {
  return {
    isTag,
    getChildren: domutils.getChildren,
    getName: domutils.getName,
    getParent: domutils.getParent,
    getSiblings: domutils.getSiblings,
    prevElementSibling: domutils.prevElementSibling,
    hasAttrib: domutils.hasAttrib,
    removeSubsets: domutils.removeSubsets,
    getAttributeValue(element: Element, name: string): string | undefined {
      const value = domutils.getAttributeValue(element, name);
      if (value !== undefined) onRead(value);
      return value;
    },
    getText(node: AnyNode): string {
      const text = domutils.getText(node);
      onRead(text);
      return text;
    },
  };
}

/** The first element below these nodes, or among them, that the query matches. */
export function findFirst(query: Query, within: AnyNode | AnyNode[]): Element | null {
  return selectOne<AnyNode, Element>(query, within);
}

/** The elements below these nodes, or among them, that the query matches, in document order. */
export function findAll(query: Query, within: AnyNode | AnyNode[]): Element[] {
  return selectAll<AnyNode, Element>(query, within);
}

/** The elements of a page with this name, in document order, without a query: for what is asked before each action. */
export function findNamed(name: string, page: Document): Element[] {
  const found: Element[] = [];
  const left: ParentNode[] = [page];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (isTag(node) && node.name === name) found.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i] as AnyNode;
      if (isTag(child)) left.push(child);
    }
  }
  return found;
}

/**
 * The first element of a page that a selector matches.
 *
 * @throws UsageError with code `not-on-page` if there is none, or `bad-selector`
 */
export function findOnPage(page: Document, selector: string): Element {
  const element = findFirst(compileSelector(selector), page);
  if (element !== null) return element;
  throw new UsageError(`the page has nothing that matches ${selector}`, { code: "not-on-page" });
}

/** The elements of a page with this attribute, unless it is empty, in document order. */
export function findBound(page: Document, attribute: string): Element[] {
  return findAll((node) => isTag(node) && Boolean(node.attribs[attribute]), page);
}

/** Whether the query matches the element. */
export function matches(element: Element, query: Query): boolean {
  return is<AnyNode, Element>(element, query);
}

/** The children that are elements. */
export function childElements(parent: Element | Document): Element[] {
  return parent.children.filter(isTag);
}

/** The text of an element as a reader takes it: runs of whitespace are one space, none at the ends. */
export function visibleText(element: Element): string {
  return collapsed(domutils.textContent(element));
}

/** A text with runs of whitespace as one space, none at the ends. */
export function collapsed(text: string): string {
  return (/[^\S ]| {2}/u.test(text) ? text.replace(/\s+/gu, " ") : text).trim();
}

/** The nodes that an element is in, from its parent to the document. */
export function* ancestors(element: Element): Generator<ParentNode> {
  for (let node = element.parent; node !== null; node = node.parent) yield node;
}

/** The element itself or the closest one around it that is as wanted; null if there is none. */
export function closest(element: Element, wanted: (element: Element) => boolean): Element | null {
  for (const node of [element, ...ancestors(element)]) if (isTag(node) && wanted(node)) return node;
  return null;
}

/** The document that an element is in, or the topmost node around it. */
export function rootOf(element: Element): Document | Element {
  const top = [...ancestors(element)].at(-1);
  return top === undefined || !(isTag(top) || isDocument(top)) ? element : top;
}

/** The element with this id; null if there is none. */
export function elementById(within: Document | Element, id: string): Element | null {
  return findFirst((node) => isTag(node) && node.attribs.id === id, within);
}

/** A name for an element that stays while the page around it does: its id, or else its place in the document. */
export function nameOf(element: Element): string {
  if (element.attribs.id !== undefined) return `#${element.attribs.id}`;
  const { parent } = element;
  if (parent === null) return "";
  const place = parent.children.filter(isTag).indexOf(element);
  return `${isTag(parent) ? nameOf(parent) : ""} ${element.name}:${place}`;
}
