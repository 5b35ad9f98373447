import { type AnyNode, type Element, hasChildren, isTag, isText } from "domhandler";
import { compileSelector, findFirst, type Query } from "./html.ts";

/** Text of which some pieces are the values of an entry, given by their numbers. */
export type ValueText = readonly (string | number)[];

const MARK = "\uE000";
const PROBE = / \uE000(\d+)&\uE000 /u;
const MAY_BE_MARK = /\uE000|&#x?0*(?:e000|57344)/iu;

/**
 * HTML that stands for a value while a template is examined. Where it comes out of the parser as it was meant, any plain
 * value would: with its spaces, so nothing but text or a quoted attribute is around it; with its character reference
 * resolved, so this is no script's text.
 */
export function probe(index: number): string {
  return ` ${MARK}${index}&amp;${MARK} `;
}

/** Whether HTML has anything that could be taken for a probe. */
export function mayHoldProbe(html: string): boolean {
  return MAY_BE_MARK.test(html);
}

/** Parsed text taken apart at its probes. */
export function valueText(parsed: string): ValueText {
  if (!parsed.includes(MARK)) return parsed === "" ? [] : [parsed];
  // What the pattern captures comes at the odd positions.
  return parsed
    .split(PROBE)
    .map((piece, i) => (i % 2 === 1 ? Number(piece) : piece))
    .filter((piece) => piece !== "");
}

/** The numbers of the values in a text. */
export function valuesIn(text: ValueText): readonly number[] {
  return text.filter((piece) => typeof piece === "number");
}

/** The values that stand below a node as text or in attributes, where any other plain value would stand as well. */
export function probesBelow(node: AnyNode, html: string): readonly number[] {
  if (isText(node)) {
    // Behind a "<" that has opened no tag, another value could make it one.
    const source = html.slice(node.startIndex ?? 0, (node.endIndex ?? 0) + 1);
    return source.includes("<") ? [] : valuesIn(valueText(node.data));
  }
  const own = isTag(node) ? Object.values(node.attribs).flatMap((value) => valuesIn(valueText(value))) : [];
  const below = hasChildren(node) ? node.children.flatMap((child) => probesBelow(child, html)) : [];
  return [...own, ...below];
}

/** A selector's query that can also tell on which values its answer depends. */
export interface ProbedQuery {
  readonly query: Query;
  /** The first element that it matches, and the numbers of the values that were read on the way. */
  readonly findProbed: (within: Element) => {
    readonly found: Element | null;
    readonly decisive: readonly number[];
  };
}

/** @throws UsageError with code `bad-selector` if it is no CSS selector */
export function probedQuery(selector: string): ProbedQuery {
  let read: string[] | null = null;
  const query = compileSelector(selector, (text) => read?.push(text));
  const findProbed = (within: Element) => {
    read = [];
    const found = findFirst(query, within);
    const decisive = read.flatMap((text) => valuesIn(valueText(text)));
    read = null;
    return { found, decisive };
  };
  return { query, findProbed };
}
