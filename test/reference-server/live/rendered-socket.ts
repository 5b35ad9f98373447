import type { Diff } from "../../../reference-server/live/diff.ts";
import { type Members, objectOf } from "../../../reference-server/live/json.ts";
import type { ComponentUpdate } from "../../../reference-server/live/live-component.ts";
import type { Template } from "../../../reference-server/live/slots.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import { ViewRenderer } from "../../../reference-server/live/view-renderer.ts";

/** A diff as its client reads it. */
export const parsed = (diff: Members): Diff => JSON.parse(objectOf(diff)) as Diff;

/**
 * A view's state and its renderer, without a process around them: `next` is what its client is sent now. What live
 * components are sent by `sendUpdate`, in a frame of its own elsewhere, is part of it.
 */
export function renderedSocket<A extends object>(template: Template) {
  const updates: ComponentUpdate[] = [];
  const options = {
    connected: true,
    subscribe: () => {},
    unsubscribe: () => {},
    sendUpdate: (update: ComponentUpdate) => void updates.push(update),
  };
  const socket = new Socket<A>(options);
  const renderer = new ViewRenderer({ template }, (cid) => new Socket({ ...options, cid }));
  const next = (): Diff => {
    const diff = parsed(renderer.render(socket.assigns, socket.takeChanges()).diff);
    socket.afterRender();
    for (const update of updates.splice(0))
      Object.assign(diff, parsed(renderer.updateComponent(update).diff));
    return diff;
  };
  return { socket, renderer, next };
}
