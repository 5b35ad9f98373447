import { type Document, type Element, isTag } from "domhandler";
import { BenchError, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { compileSelector, findFirst } from "./html.ts";

/** A link that a user follows. */
export interface Link {
  /** `patch` stays in the view, `redirect` takes another one on the same socket, `load` gets a page over HTTP. */
  readonly kind: "patch" | "redirect" | "load";
  /** Absolute. */
  readonly href: string;
}

const KIND = "data-phx-link";
const STATE = "data-phx-link-state";

/**
 * The link that a click on what the selector matches would follow: itself or the closest around it.
 *
 * Source: `bindNav` in live_socket.ts; `link` in phoenix_component.ex.
 *
 * @param url of the page, which relative links are resolved against
 * @throws UsageError with code `not-on-page` if there is none; BenchError with code `malformed-link` where the
 *   official client throws
 */
export function findLink(page: Document, selector: string, url: string): Link {
  const clicked = findFirst(compileSelector(selector), page);
  if (clicked === null) {
    throw new UsageError(`the page has nothing that matches ${selector}`, { code: "not-on-page" });
  }
  const live = closest(clicked, (element) => Boolean(element.attribs[KIND]));
  const link = live ?? closest(clicked, ({ name, attribs }) => name === "a" && attribs.href !== undefined);
  const target = link?.attribs.href;
  if (link === null || target === undefined) {
    throw new UsageError(`the page has no link at ${selector}`, { code: "not-on-page" });
  }
  const href = new URL(target, url).href;
  if (live === null) return { kind: "load", href };
  const { [KIND]: kind, [STATE]: state } = live.attribs;
  if (state !== "push" && state !== "replace") throw malformed(selector, STATE, state);
  if (kind !== "patch" && kind !== "redirect") throw malformed(selector, KIND, kind);
  return { kind, href };
}

function closest(from: Element, matches: (element: Element) => boolean): Element | null {
  for (let node: Element["parent"] = from; node !== null; node = node.parent) {
    if (isTag(node) && matches(node)) return node;
  }
  return null;
}

function malformed(selector: string, attribute: string, value: string | undefined): BenchError {
  return new BenchError(`the link at ${selector} has ${attribute}=${JSON.stringify(value)}`, {
    code: "malformed-link",
    exitCode: EXIT_CODES.incorrect,
  });
}
