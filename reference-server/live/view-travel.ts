import type { Flash } from "./flash.ts";
import { signFlash } from "./flash.ts";
import type { Navigation } from "./navigation.ts";
import type { Destination } from "./router.ts";
import type { AnyView } from "./view.ts";
import type { Departure, ViewSite } from "./view-start.ts";

/** An address of the view itself. */
export type OwnDestination = Extract<Destination, { kind: "live" }>;

/**
 * Where an address leads from a view: to the view itself, or to another page.
 *
 * @throws Error where the view is at no route, or this server has no such page. Source: `live_link_info!` in route.ex.
 */
export function destinationOf(
  view: AnyView,
  site: ViewSite | undefined,
  uri: URL,
): OwnDestination | "elsewhere" {
  if (site === undefined || !site.routed) throw new Error(`${view.name} is at no route: it has no addresses`);
  const destination = site.router.find(uri);
  if (destination === undefined) throw new Error("there is no route for the address");
  const own =
    destination.kind === "live" &&
    destination.route.view === view &&
    destination.liveSession === site.liveSession;
  return own ? destination : "elsewhere";
}

/** An address that a client names. @throws Error for anything else. */
export function addressOf(url: unknown): URL {
  if (typeof url !== "string" || !URL.canParse(url)) throw new Error("the client named no address");
  return new URL(url);
}

/**
 * Where the client is sent, as it reads it. Source: `handle_redirect` and `mount_handle_params_result` in channel.ex.
 *
 * @param mounting whether it is the answer to a join: that of an external redirect has no status.
 */
export function departure(
  navigation: Exclude<Navigation, { kind: "live_patch" }>,
  flash: Flash,
  site: ViewSite | undefined,
  mounting: boolean,
): Departure {
  const signed =
    site === undefined || Object.keys(flash).length === 0 ? {} : { flash: signFlash(site.signer, flash) };
  const { to } = navigation;
  if (navigation.kind === "live_redirect") return { kind: navigation.history, to, ...signed };
  return navigation.external && mounting ? { to, ...signed } : { status: navigation.status, to, ...signed };
}
