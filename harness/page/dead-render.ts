import { compileSelector, findAll, findFirst, parseHtml } from "./html.ts";

/** What a client needs from the page that the server rendered over HTTP. */
export interface DeadRender {
  readonly kind: "live";
  /** DOM id of the view's root element: `phx-...`. */
  readonly rootId: string;
  /** Signed by the server, handed back at join. */
  readonly session: string;
  readonly static: string;
  readonly csrfToken: string;
  /** Absolute URLs of the elements marked with `phx-track-static`. */
  readonly trackStatic: readonly string[];
}

/** A page that is no LiveView page, and what it lacks for that. */
export interface NotLive {
  readonly kind: "not-live";
  readonly missing: string;
}

const ROOT = compileSelector("[data-phx-main]");
const CSRF = compileSelector('meta[name="csrf-token"]');
const TRACKED = compileSelector("[phx-track-static]");

/**
 * Finds in a page what it takes to join its view.
 *
 * @param url the page's own URL, which relative URLs are resolved against
 */
export function readDeadRender(html: string, url: string): DeadRender | NotLive {
  const page = parseHtml(html);
  const root = findFirst(ROOT, page)?.attribs;
  if (root === undefined) return missing("an element with data-phx-main");
  const { id, "data-phx-session": session, "data-phx-static": fixed } = root;
  if (id === undefined) return missing("the id of the element with data-phx-main");
  if (session === undefined || session === "")
    return missing("data-phx-session on the element with data-phx-main");
  const csrfToken = findFirst(CSRF, page)?.attribs.content;
  if (csrfToken === undefined) return missing('<meta name="csrf-token">');
  const trackStatic = findAll(TRACKED, page).flatMap(({ attribs }) => {
    const source = attribs.src ?? attribs.href;
    return source === undefined ? [] : [new URL(source, url).href];
  });
  return { kind: "live", rootId: id, session, static: fixed ?? "", csrfToken, trackStatic };
}

function missing(what: string): NotLive {
  return { kind: "not-live", missing: what };
}
