import type { Template } from "../live/slots.ts";
import { LOAD_OLDER } from "../web/chat/history-marker.ts";

const CONTAINER = '<div id="messages"';

/** The list with the binding for its history on its container, as in the official examples, instead of on a marker. */
export function boundContainer(list: Template): Template {
  return {
    ...list,
    statics: list.statics.map((text) =>
      text.replace(CONTAINER, `${CONTAINER} phx-viewport-top="${LOAD_OLDER}"`),
    ),
  };
}
