import { isJsonObject, type JsonObject } from "./json.ts";
import { below, type Path, pathOf, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import { EVENT } from "./wire-keys.ts";

/** Where the server sends the user. */
export interface Navigation {
  readonly how: "live_patch" | "live_redirect" | "redirect";
  /** A path, or an absolute URL. */
  readonly to: string;
  /** What becomes of the browser's history; null for a `redirect`, which loads a page. */
  readonly history: "push" | "replace" | null;
  /** A signed token of messages to show there; null without. */
  readonly flash: string | null;
}

/** What can be resolved against one page can be against any. */
const ANY_PAGE = "http://localhost";

/**
 * Reads where a payload sends the user: `{"to", "kind", "flash"}`.
 *
 * Source: `onRedirect`, `onLivePatch` and `onLiveRedirect` in view.ts; `push_live_redirect` in channel.ex.
 *
 * @param path where in the frame the payload stands, for errors
 * @throws ProtocolError if it leads nowhere
 */
export function navigationOf(how: Navigation["how"], path: Path | null, payload: unknown): Navigation {
  if (!isJsonObject(payload)) throw new ProtocolError(how, pathText(path), "is no object");
  const { to, kind, flash } = payload;
  const fail = (key: string, what: string) => new ProtocolError(how, pathText(below(path, key)), what);
  if (typeof to !== "string") throw fail("to", to === undefined ? "is missing" : "is no string");
  if (!URL.canParse(to, ANY_PAGE)) throw fail("to", "is no URL");
  if (how !== EVENT.redirect && kind !== "push" && kind !== "replace") {
    throw fail("kind", 'is neither "push" nor "replace"');
  }
  if (flash !== undefined && flash !== null && typeof flash !== "string") throw fail("flash", "is no string");
  return { how, to, history: kind === "push" || kind === "replace" ? kind : null, flash: flash ?? null };
}

/** Where a reply sends the user beside what it changes, in order. Source: `pushWithReply` in view.ts. */
export function navigationsIn(response: JsonObject): readonly Navigation[] {
  const found: Navigation[] = [];
  for (const how of [EVENT.redirect, EVENT.livePatch, EVENT.liveRedirect]) {
    if (response[how] !== undefined) found.push(navigationOf(how, pathOf("response", how), response[how]));
  }
  return found;
}
