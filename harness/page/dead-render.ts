import { type Document, type Element, isTag } from "domhandler";
import { SESSION_ATTRIBUTE } from "../protocol/markup-mentions.ts";
import { type AppendedIds, NONE_APPENDED } from "./append-rows.ts";
import { ownerOf } from "./compose.ts";
import { childElements, compileSelector, findAll, findFirst, parseHtml } from "./html.ts";

/** What a client needs from the page that the server rendered over HTTP. */
export interface DeadRender {
  readonly kind: "live";
  /** The views that the page brings, in page order: its main one, others beside it, sticky ones. Never empty. */
  readonly roots: readonly RootView[];
  /** What the views within views were rendered with, by DOM id: their parents' joins do not bring it. */
  readonly childStatics: ReadonlyMap<string, string>;
  /** What stands in containers that append: their join leaves it where it is. */
  readonly appended: AppendedIds;
  readonly csrfToken: string;
  /** What the page has its sockets and joins tell besides, by `<meta data-connect-param="name" content="value">`. */
  readonly connectParams: Readonly<Record<string, string>>;
  /** Absolute URLs of the elements marked with `phx-track-static`. */
  readonly trackStatic: readonly string[];
}

/** A view that is joined as soon as the page is there. */
export interface RootView {
  /** DOM id of the view's root element: `phx-...`. */
  readonly id: string;
  /** Signed by the server, handed back at join. */
  readonly session: string;
  /** Null where it is empty. */
  readonly static: string | null;
  /** Whether it was mounted by the router: it knows the page's URL, and navigation replaces it. */
  readonly isMain: boolean;
  /** Whether it outlives a navigation from one view to the next. */
  readonly isSticky: boolean;
  /** The id of the view within whose element it stands; null where it stands beside the others. */
  readonly hostId: string | null;
}

/** A page that is no LiveView page, and what it lacks for that. */
export interface NotLive {
  readonly kind: "not-live";
  readonly missing: string;
}

const MAIN = compileSelector("[data-phx-main]");
const VIEW = compileSelector(`[${SESSION_ATTRIBUTE}]`);
const APPENDING = compileSelector("[phx-update=append], [phx-update=prepend]");
const CSRF = compileSelector('meta[name="csrf-token"]');
const CONNECT_PARAM = compileSelector("meta[data-connect-param]");
const TRACKED = compileSelector("[phx-track-static]");

/**
 * Finds in a page what it takes to join its views.
 *
 * Source: `joinRootViews` in live_socket.ts; `render` and `nested_render` in static.ex.
 *
 * @param url the page's own URL, which relative URLs are resolved against
 */
export function readDeadRender(html: string, url: string): DeadRender | NotLive {
  const page = parseHtml(html);
  const elements = findAll(VIEW, page);
  const main = findFirst(MAIN, page)?.attribs;
  if (main === undefined && elements.length === 0) return missing("an element with data-phx-main");
  if (main !== undefined && main.id === undefined) return missing("the id of the element with data-phx-main");
  if (main !== undefined && !main[SESSION_ATTRIBUTE])
    return missing("data-phx-session on the element with data-phx-main");
  const csrfToken = findFirst(CSRF, page)?.attribs.content;
  if (csrfToken === undefined) return missing('<meta name="csrf-token">');
  const roots = elements.filter(({ attribs }) => !attribs["data-phx-parent-id"]).flatMap(rootOf);
  if (roots.length === 0) return missing("an id and a data-phx-session on an element of a view");
  const trackStatic = findAll(TRACKED, page).flatMap(({ attribs }) => {
    const source = attribs.src ?? attribs.href;
    if (source === undefined) return [];
    // What is no URL stays as it stands: "reflecting content attributes", HTML Living Standard, 2.6.1.
    return [URL.canParse(source, url) ? new URL(source, url).href : own(source)];
  });
  return {
    kind: "live",
    roots,
    childStatics: childStaticsOf(elements),
    appended: appendedIn(page),
    csrfToken: own(csrfToken),
    connectParams: connectParamsOf(page),
    trackStatic,
  };
}

const NO_PARAMS: Readonly<Record<string, string>> = {};

function connectParamsOf(page: Document): Readonly<Record<string, string>> {
  const params = findAll(CONNECT_PARAM, page).map(({ attribs }) => [
    own(attribs["data-connect-param"] ?? ""),
    own(attribs.content ?? ""),
  ]);
  return params.length === 0 ? NO_PARAMS : Object.fromEntries(params);
}

function appendedIn(page: Document): AppendedIds {
  const containers = findAll(APPENDING, page);
  if (containers.length === 0) return NONE_APPENDED;
  return new Map(
    containers.map((container) => [
      own(container.attribs.id ?? ""),
      childElements(container).flatMap(({ attribs: { id } }) => (id ? [own(id)] : [])),
    ]),
  );
}

const NO_STATICS: ReadonlyMap<string, string> = new Map();

function childStaticsOf(elements: readonly Element[]): ReadonlyMap<string, string> {
  const statics = elements.flatMap(({ attribs }): [string, string][] => {
    const { id, "data-phx-parent-id": parentId, "data-phx-static": fixed } = attribs;
    return id && parentId && fixed ? [[own(id), own(fixed)]] : [];
  });
  return statics.length === 0 ? NO_STATICS : new Map(statics);
}

function rootOf(element: Element): RootView[] {
  const { parent } = element;
  const { id, "data-phx-static": fixed } = element.attribs;
  const session = element.attribs[SESSION_ATTRIBUTE];
  if (!id || !session) return [];
  return [
    {
      id: own(id),
      session: own(session),
      static: fixed ? own(fixed) : null,
      isMain: element.attribs["data-phx-main"] !== undefined,
      isSticky: element.attribs["data-phx-sticky"] !== undefined,
      hostId: parent !== null && isTag(parent) ? ownerOf(parent) : null,
    },
  ];
}

/** A text of its own: as a part of the page's text it would keep all of that in memory, for every user. */
const own = (text: string): string => Buffer.from(text).toString();

function missing(what: string): NotLive {
  return { kind: "not-live", missing: what };
}
