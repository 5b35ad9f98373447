import type { Params } from "./params.ts";
import type { BaseAssigns, Socket } from "./socket.ts";
import type { AnyView, Session } from "./view.ts";

/**
 * Runs `mount`, and `handleParams` where there is one and the view stays.
 *
 * @param at.uri undefined where the view is at no route.
 * @throws what the view throws; an Error where `mount` patches the address, which is not yet the view's to change, and
 * where there are no params to handle. Source: `maybe_call_mount_handle_params` in channel.ex.
 */
export async function mountView(
  view: AnyView,
  socket: Socket<BaseAssigns>,
  at: { readonly params: Params; readonly session: Session; readonly uri: URL | undefined },
): Promise<void> {
  await view.mount(socket, at.params, at.session);
  if (socket.navigation?.kind === "live_patch") throw new Error("a view cannot patch its address in mount");
  if (view.handleParams === undefined || socket.navigation !== undefined) return;
  if (at.uri === undefined) throw new Error(`handleParams of ${view.name} has no params: it is at no route`);
  await view.handleParams(socket, at.params, at.uri);
}
