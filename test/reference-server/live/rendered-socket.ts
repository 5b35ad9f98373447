import type { Diff } from "../../../reference-server/live/diff.ts";
import type { Template } from "../../../reference-server/live/slots.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import { ViewRenderer } from "../../../reference-server/live/view-renderer.ts";

/** A view's state and its renderer, without a process around them: `next` is what its client is sent now. */
export function renderedSocket<A extends object>(template: Template) {
  const options = { connected: true, subscribe: () => {}, unsubscribe: () => {} };
  const socket = new Socket<A>(options);
  const renderer = new ViewRenderer({ template }, (cid) => new Socket({ ...options, cid }));
  const next = (): Diff => {
    const { diff } = renderer.render(socket.assigns, socket.takeChanges());
    socket.afterRender();
    return diff;
  };
  return { socket, renderer, next };
}
