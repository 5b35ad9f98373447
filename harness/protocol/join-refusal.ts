import { isJsonObject } from "./json.ts";
import { type Navigation, navigationOf } from "./navigation.ts";
import { pathOf } from "./path.ts";
import { EVENT } from "./wire-keys.ts";

/** What a client has to do when its join is refused. */
export type JoinRefusal =
  /** Load the page anew, and show the token in a cookie: the server then tells how the mount failed. */
  | { readonly kind: "reload"; readonly token: string | null }
  /** Load the page anew: the session is not for this view, or too old. */
  | { readonly kind: "page-request"; readonly reason: "unauthorized" | "stale" }
  | { readonly kind: "navigate"; readonly navigation: Navigation }
  /** The view failed to mount, or the server knows no better. */
  | { readonly kind: "failed" };

/**
 * What a refused join asks for, by the first of these that its response names.
 *
 * Source: `onJoinError` in view.ts.
 *
 * @throws ProtocolError if it leads to a place that is none
 */
export function refusalOf(response: unknown): JoinRefusal {
  if (!isJsonObject(response)) return { kind: "failed" };
  const { reason, token } = response;
  if (reason === "reload") return { kind: "reload", token: typeof token === "string" ? token : null };
  if (reason === "unauthorized" || reason === "stale") return { kind: "page-request", reason };
  for (const how of [EVENT.redirect, EVENT.liveRedirect]) {
    if (response[how] === undefined) continue;
    return { kind: "navigate", navigation: navigationOf(how, pathOf("response", how), response[how]) };
  }
  return { kind: "failed" };
}
