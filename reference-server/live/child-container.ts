import { type ContainerData, containerHtml, DIV } from "./container.ts";
import { SafeHtml } from "./safe-html.ts";
import { signSession } from "./session-token.ts";
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
  const token = signSession(site.signer, {
    id,
    view: view.name,
    rootView: sticky ? view.name : site.rootView,
    router: site.routed,
    liveSession: null,
    parent: sticky ? null : parent.pid,
    root: sticky ? null : parent.rootPid,
    session: { ...session },
  });
  const place: ContainerData = sticky ? { "data-phx-sticky": true } : { "data-phx-parent-id": parent.id };
  const data = { "data-phx-session": token, "data-phx-static": "", ...place };
  return new SafeHtml(containerHtml(view.container ?? DIV, id, data, ""));
}
