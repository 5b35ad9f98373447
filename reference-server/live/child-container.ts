import { type ContainerData, containerHtml, DIV } from "./container.ts";
import { SafeHtml } from "./safe-html.ts";
import { signRootSession, signSession } from "./session-token.ts";
import type { LiveRenderOptions } from "./socket-options.ts";
import type { AnyView } from "./view.ts";
import type { ViewSite } from "./view-start.ts";

/** The view that a child is rendered by. */
export interface ParentView {
  /** The DOM id of its element. */
  readonly id: string;
  /** What its children know it, and its root, by. */
  readonly pid: string;
  readonly rootPid: string;
}

/**
 * The element of a child of a view whose socket is open: empty, for the client to join. Source:
 * `connected_nested_render` in static.ex.
 */
export function childContainer(
  site: ViewSite,
  parent: ParentView,
  view: AnyView,
  { id, session = {}, sticky = false }: LiveRenderOptions,
): SafeHtml {
  const own = { id, view: view.name, router: site.routed, liveSession: null, session: { ...session } };
  const { rootView, signer } = site;
  const token = sticky
    ? signRootSession(signer, own)
    : signSession(signer, { ...own, rootView, parent: parent.pid, root: parent.rootPid });
  const data = { "data-phx-session": token, "data-phx-static": "", ...childPlace(parent.id, sticky) };
  return new SafeHtml(containerHtml(view.container ?? DIV, id, data, ""));
}

/** How a view within another one's page says where it belongs: to the parent's element, or to none where it is sticky. */
export function childPlace(parentId: string, sticky: boolean): ContainerData {
  return sticky ? { "data-phx-sticky": true } : { "data-phx-parent-id": parentId };
}
