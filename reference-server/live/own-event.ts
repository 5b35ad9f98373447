import type { ClientEvent } from "./view.ts";

/** Whether an event is for LiveView itself, not for the view. */
export function isOwnEvent({ name }: ClientEvent): boolean {
  return name.startsWith("lv:");
}

/**
 * Handles an event that is for LiveView itself: `lv:clear-flash`, with the kind of message as `key` or for all of them.
 *
 * @throws Error for any other. Source: `view_handle_event` in channel.ex.
 */
export function handleOwnEvent(socket: { clearFlash(kind?: string): unknown }, event: ClientEvent): void {
  if (event.name !== "lv:clear-flash")
    throw new Error("an event of LiveView's own that is none of this version's");
  const key = event.type === "other" ? event.value.key : undefined;
  if (typeof key === "string") socket.clearFlash(key);
  else socket.clearFlash();
}
