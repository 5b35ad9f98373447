import { compile, is, selectAll, selectOne } from "css-select";
import { type AnyNode, type Document, type Element, isTag } from "domhandler";
import { textContent } from "domutils";
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
 * @throws UsageError with code `bad-selector` if it is no CSS selector
 */
export function compileSelector(selector: string): Query {
  try {
    return compile<AnyNode, Element>(selector);
  } catch (cause) {
    throw new UsageError(`${JSON.stringify(selector)} is no CSS selector`, { code: "bad-selector", cause });
  }
}

/** The first element below these nodes, or among them, that the query matches. */
export function findFirst(query: Query, within: AnyNode | AnyNode[]): Element | null {
  return selectOne<AnyNode, Element>(query, within);
}

/** The elements below these nodes, or among them, that the query matches, in document order. */
export function findAll(query: Query, within: AnyNode | AnyNode[]): Element[] {
  return selectAll<AnyNode, Element>(query, within);
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
  return textContent(element).replace(/\s+/gu, " ").trim();
}
