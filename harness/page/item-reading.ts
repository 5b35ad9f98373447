import { textContent } from "domutils";
import { BenchError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { childElements, findFirst, parseHtml, visibleText } from "./html.ts";
import type { ProbedQuery } from "./probe.ts";

/** What a user reads from an entry of a list. */
export interface Reading {
  /** The DOM id of the entry's element. */
  readonly id: string;
  /** Whether the element is `hidden`. */
  readonly hidden: boolean;
  /** All of its text, runs of whitespace as one space. */
  readonly text: string;
  /** The text of its parts, verbatim; absent parts have no key. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The names of an item's parts, and what finds them. */
export type FieldQueries = readonly (readonly [name: string, query: ProbedQuery])[];

/**
 * Reads an entry by parsing its HTML.
 *
 * @throws BenchError with code `unsupported-list` if that is not one element with an id
 */
export function readByParsing(html: string, queries: FieldQueries): Reading {
  const elements = childElements(parseHtml(html));
  const [element] = elements;
  const id = element?.attribs.id;
  if (element === undefined || id === undefined || id === "" || elements.length > 1) {
    throw new BenchError(
      `an entry of the list is not one element with an id, and cannot be followed: ${shortened(html)}`,
      { code: "unsupported-list", exitCode: EXIT_CODES.usage },
    );
  }
  const fields: Record<string, string> = {};
  for (const [name, { query }] of queries) {
    const part = findFirst(query, element);
    if (part !== null) fields[name] = textContent(part);
  }
  return { id, hidden: element.attribs.hidden !== undefined, text: visibleText(element), fields };
}

function shortened(html: string): string {
  const line = html.replace(/\s+/gu, " ").trim();
  return line.length > 120 ? `${line.slice(0, 120)}...` : line;
}
