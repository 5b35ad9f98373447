import type { Document } from "domhandler";
import { BenchError, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { closest, findOnPage } from "./html.ts";
import { absoluteUrl } from "./url.ts";

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
 * @throws UsageError with code `not-on-page` if there is none, `bad-url` if it leads nowhere; BenchError with code
 *   `malformed-link` where the official client throws
 */
export function findLink(page: Document, selector: string, url: string): Link {
  const clicked = findOnPage(page, selector);
  const live = closest(clicked, (element) => Boolean(element.attribs[KIND]));
  const link = live ?? closest(clicked, ({ name, attribs }) => name === "a" && attribs.href !== undefined);
  const target = link?.attribs.href;
  if (link === null || target === undefined) {
    throw new UsageError(`the page has no link at ${selector}`, { code: "not-on-page" });
  }
  const href = absoluteUrl(target, url);
  if (live === null) return { kind: "load", href };
  const { [KIND]: kind, [STATE]: state } = live.attribs;
  if (state !== "push" && state !== "replace") throw malformed(selector, STATE, state);
  if (kind !== "patch" && kind !== "redirect") throw malformed(selector, KIND, kind);
  return { kind, href };
}

function malformed(selector: string, attribute: string, value: string | undefined): BenchError {
  return new BenchError(`the link at ${selector} has ${attribute}=${JSON.stringify(value)}`, {
    code: "malformed-link",
    exitCode: EXIT_CODES.incorrect,
  });
}
