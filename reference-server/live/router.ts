import { decodeQuery, type Params } from "./params.ts";
import type { AnyView, Session } from "./view.ts";

/** The live session of routes that name none, as in `Phoenix.LiveView.Router`. */
export const DEFAULT_LIVE_SESSION = "default";

/** A page that is live: `live "/rooms/:id", RoomLive, :show` in a Phoenix router. */
export interface LiveRoute {
  /** Segments; one that begins with a colon is a parameter: `/rooms/:id`. */
  readonly path: string;
  readonly view: AnyView;
  /** Between views of one live session the page navigates without a load. Default: {@link DEFAULT_LIVE_SESSION}. */
  readonly liveSession?: string;
  /** The view's `liveAction`. */
  readonly action?: string;
  /** Added to the cookie's session; signed into the page. */
  readonly session?: Session;
}

/** Where an address leads. */
export type Destination =
  | {
      readonly kind: "live";
      readonly route: LiveRoute;
      readonly liveSession: string;
      /** The path's over the query's. */
      readonly params: Params;
      readonly uri: URL;
    }
  /** A page of this server that is not live. */
  | { readonly kind: "other"; readonly uri: URL };

/** Tells which view an address leads to. Source: `live_link_info_without_checks` in route.ex. */
export interface Router {
  readonly routes: readonly LiveRoute[];
  /**
   * The destination, undefined where this server has no such page. The host is not looked at.
   *
   * @throws URIError for a path whose percent signs encode nothing.
   */
  find(uri: URL): Destination | undefined;
}

/**
 * A router of these routes, the first that matches wins.
 *
 * @param otherPaths the paths of pages that are not live, written as routes are.
 */
export function createRouter(routes: readonly LiveRoute[], otherPaths: readonly string[] = []): Router {
  return {
    routes,
    find(uri) {
      const path = segments(uri.pathname).map(decodeURIComponent);
      for (const route of routes) {
        const named = match(segments(route.path), path);
        if (named === undefined) continue;
        const params = { ...decodeQuery(uri.search), ...named };
        return {
          kind: "live",
          route,
          liveSession: route.liveSession ?? DEFAULT_LIVE_SESSION,
          params,
          uri,
        };
      }
      const isOther = otherPaths.some((other) => match(segments(other), path) !== undefined);
      return isOther ? { kind: "other", uri } : undefined;
    },
  };
}

function segments(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function match(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const pairs = pattern.map((segment, index) => [segment, path[index] ?? ""] as const);
  if (pairs.some(([segment, given]) => !segment.startsWith(":") && segment !== given)) return undefined;
  const named = pairs.filter(([segment]) => segment.startsWith(":"));
  return Object.fromEntries(named.map(([segment, given]) => [segment.slice(1), given]));
}
