import http from "node:http";
import https from "node:https";
import { messageOf, UsageError } from "../core/errors.ts";
import type { CookieJar } from "./cookie-jar.ts";

/** A page as a user got it over HTTP. */
export interface HtmlPage {
  /** Where it came from in the end, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly html: string;
}

/** A request for a page. */
export interface PageRequest {
  readonly method: "GET" | "POST";
  /** Absolute. */
  readonly url: string;
  /** URL-encoded form fields; null for a GET. */
  readonly body: string | null;
}

/** The connections that all users of a process share, kept open between requests. */
export interface HttpAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

const MOST_REDIRECTS = 5;
const TIMEOUT_MS = 30_000;

/** @param maxSockets connections to one server at a time, all users together. */
export function createHttpAgents(maxSockets: number): HttpAgents {
  const options = { keepAlive: true, maxSockets };
  return { http: new http.Agent(options), https: new https.Agent(options) };
}

/**
 * Requests a page as a browser would: sends and keeps cookies, follows redirects.
 *
 * @throws UsageError with code `unreachable` if the server does not answer or is none, `too-many-redirects` if it sends
 *   the user around in circles
 */
export async function requestPage(
  agents: HttpAgents,
  jar: CookieJar,
  request: PageRequest,
): Promise<HtmlPage> {
  let next = request;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { location, ...page } = await exchange(agents, jar, next);
    if (location === null) return page;
    if (!URL.canParse(location, next.url)) throw unreachable(next, `it redirects to ${location}`);
    const url = new URL(location, next.url).href;
    const repeats = page.status === 307 || page.status === 308;
    next = repeats ? { ...next, url } : { method: "GET", url, body: null };
  }
  throw new UsageError(`${request.url} redirects more than ${MOST_REDIRECTS} times`, {
    code: "too-many-redirects",
  });
}

function exchange(
  agents: HttpAgents,
  jar: CookieJar,
  page: PageRequest,
): Promise<HtmlPage & { readonly location: string | null }> {
  const { method, url, body } = page;
  const secure = url.startsWith("https:");
  const cookie = jar.header();
  const headers: Record<string, string | number> = { accept: "text/html" };
  if (cookie !== null) headers.cookie = cookie;
  if (body !== null) {
    headers["content-type"] = "application/x-www-form-urlencoded";
    headers["content-length"] = Buffer.byteLength(body);
    headers.origin = new URL(url).origin;
  }
  const { promise, resolve, reject } = Promise.withResolvers<
    HtmlPage & { readonly location: string | null }
  >();
  const fail = (cause: unknown) => reject(unreachable(page, messageOf(cause), cause));
  const options = { method, headers, agent: secure ? agents.https : agents.http, timeout: TIMEOUT_MS };
  const answered = (response: http.IncomingMessage) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("error", fail);
    response.on("end", () => {
      const { statusCode: status = 0 } = response;
      jar.store(response.headers["set-cookie"] ?? []);
      const location = status >= 300 && status < 400 ? (response.headers.location ?? null) : null;
      resolve({ url, status, html: Buffer.concat(chunks).toString("utf8"), location });
    });
  };
  try {
    const request = (secure ? https : http).request(url, options, answered);
    request.on("timeout", () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on("error", fail);
    request.end(body ?? undefined);
  } catch (cause) {
    // What a server has sent the user to may be no web page, and a cookie of its no text for a header.
    fail(cause);
  }
  return promise;
}

function unreachable({ method, url }: PageRequest, why: string, cause?: unknown): UsageError {
  return new UsageError(`${method} ${url} got no answer: ${why}`, { code: "unreachable", cause });
}
