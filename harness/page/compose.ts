import { Document, Element, isTag } from "domhandler";
import { SESSION_ATTRIBUTE } from "../protocol/markup-mentions.ts";
import { closest, findAll } from "./html.ts";

/** A view of a page, to be put where it belongs. */
export interface ComposedView {
  readonly id: string;
  /** What it has rendered. */
  readonly document: Document;
}

/**
 * One document of several views: each one's elements in its container, where another view has rendered one, or else
 * in an element of its own. The documents given are part of it afterwards.
 */
export function composeViews(views: readonly ComposedView[]): Document {
  const containers = new Map<string, Element>();
  for (const { document } of views) {
    const found = findAll((node) => isTag(node) && node.attribs[SESSION_ATTRIBUTE] !== undefined, document);
    for (const element of found) containers.set(element.attribs.id ?? "", element);
  }
  const top: Element[] = [];
  for (const { id, document } of views) {
    let container = containers.get(id);
    if (container === undefined) {
      container = new Element("div", { id, [SESSION_ATTRIBUTE]: "" });
      top.push(container);
    }
    container.children = document.children;
    for (const child of document.children) child.parent = container;
  }
  const composed = new Document(top);
  for (const element of top) element.parent = composed;
  return composed;
}

/** The id of the view whose element the element is in, in a composed document; null in that of a single view. */
export function ownerOf(element: Element): string | null {
  return closest(element, ({ attribs }) => attribs[SESSION_ATTRIBUTE] !== undefined)?.attribs.id ?? null;
}
