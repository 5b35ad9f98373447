import type { Flash } from "./flash.ts";
import { signFlash } from "./flash.ts";
import type { Navigation } from "./navigation.ts";
import type { Destination } from "./router.ts";
import type { BaseAssigns, Socket } from "./socket.ts";
import type { AnyView } from "./view.ts";
import type { Departure, LivePatch, ViewSite, ViewStart } from "./view-start.ts";

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

/** A view that patches its address this often in one go does so for ever. Source: `check_patch_redirect_limit!`. */
const MOST_PATCHES = 20;

/**
 * Lets the view handle the addresses that it gives itself, until it rests or goes elsewhere. A child's are its page's:
 * the root view handles them. Source: `handle_redirect` in channel.ex.
 *
 * @param isStopped whether the view has ended meanwhile.
 * @returns the last address; undefined where the page keeps its own.
 * @throws Error for an address of another view, and where it does not rest.
 */
export async function followPatches(
  start: ViewStart,
  socket: Socket<BaseAssigns>,
  mounting: boolean,
  isStopped: () => boolean,
): Promise<LivePatch | undefined> {
  let patched: LivePatch | undefined;
  for (let count = 0; socket.navigation?.kind === "live_patch"; count++) {
    const { navigation } = socket;
    const flash = mounting ? socket.flash : socket.changedFlash;
    if (start.root !== undefined) {
      start.root.sentBy(navigation, flash);
      socket.arrive();
      return undefined;
    }
    if (count === MOST_PATCHES) throw new Error("too many patches of the address: handleParams never rests");
    const destination = destinationOf(start.view, start.site, new URL(navigation.to, socket.uri));
    if (destination === "elsewhere") throw new Error("pushPatch leads to a page that is not of this view");
    patched = { kind: navigation.history, to: navigation.to };
    await handleParamsAt(start.view, socket, destination, flash);
    if (isStopped()) return undefined;
  }
  return patched;
}

/** Gives the view another address, with this flash in place of its own. @throws Error where it handles none. */
export async function handleParamsAt(
  view: AnyView,
  socket: Socket<BaseAssigns>,
  { uri, params, route }: OwnDestination,
  flash: Flash,
): Promise<void> {
  if (view.handleParams === undefined) throw new Error(`${view.name} has no handleParams`);
  socket.arrive({ uri, liveAction: route.action, flash });
  await view.handleParams(socket, params, uri);
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
