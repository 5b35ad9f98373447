import { RawBrowser, type RawFrame, type RawPage, RawSocket } from "../e2e/raw-client.ts";
import type { LiveSite } from "./live-site.ts";

/** What a page's element says of its view. */
export interface ViewElement {
  readonly id: string;
  readonly session: string;
  readonly static: string | null;
}

/** An open socket beside the page that it was opened from. */
export interface Visit {
  readonly page: RawPage;
  readonly socket: RawSocket;
  readonly browser: RawBrowser;
  /** The page's main view. */
  readonly main: ViewElement;
  /** Joins a view, by default the main one with its address; returns the answer's payload. */
  join(payload?: object, element?: ViewElement, joinRef?: string): Promise<Record<string, unknown>>;
  /** Sends an event to a view, by default the main one. */
  event(name: string, id?: string, joinRef?: string): void;
  /** Sends a message to a view's topic. */
  send(event: string, payload: object, id?: string, joinRef?: string): void;
}

/** Fetches a page and opens its socket, as a browser would. */
export async function visit(site: LiveSite, path: string, open = true): Promise<Visit> {
  const browser = new RawBrowser(site.origin);
  const page = await browser.get(path);
  const csrfToken = open ? page.csrfToken : "wrong";
  const socket = await RawSocket.open(site.origin, {
    cookie: browser.cookie,
    csrfToken,
    pageToken: page.pageToken,
  });
  const main = { id: page.id, session: page.session, static: page.static };
  let ref = 100;
  const send: Visit["send"] = (event, payload, id = main.id, joinRef = "1") => {
    ref += 1;
    socket.send([joinRef, String(ref), `lv:${id}`, event, payload as RawFrame[4]]);
  };
  return {
    browser,
    page,
    socket,
    main,
    send,
    async join(payload = { url: `${site.origin}${path}` }, element = main, joinRef = "1") {
      const { id, session } = element;
      const given = { params: { _mounts: 0 }, session, static: element.static, ...payload };
      socket.send([joinRef, joinRef, `lv:${id}`, "phx_join", given]);
      return (await socket.next())[4];
    },
    event: (name, id, joinRef) => send("event", { type: "click", event: name, value: {} }, id, joinRef),
  };
}

/** What the element with this id says of its view, in HTML or in a diff. */
export function elementIn(html: string, id: string): ViewElement & { readonly tag: string } {
  const tag = new RegExp(`<\\w+ id="${id}"[^>]*>`).exec(html)?.[0] ?? "";
  const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return { id, tag, session: attribute("data-phx-session"), static: attribute("data-phx-static") || null };
}

/** The HTML of a view within a diff's text slots. */
export function elementInDiff(diff: unknown, id: string): ViewElement & { readonly tag: string } {
  return elementIn(textsIn(diff).join(" "), id);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
