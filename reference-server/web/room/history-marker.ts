import type { Room } from "../../chat/rooms.ts";
import { expr } from "../../live/expression.ts";
import { attr, component, html } from "../../live/template.ts";

/** The event by which a reader who reaches the top asks for a page of history. */
export const LOAD_OLDER = "load_older";

/** The DOM id of the marker's text while that message is the oldest on the page. */
export const markerId = (oldestId: number): string => `history-${oldestId}`;

/**
 * What stands in front of the list, and asks for a page of history when a reader comes to see it.
 *
 * The client fires two events for one overrun of the top, and locks the bound element until each is answered; a change of
 * an element that is locked by the second one is lost. So the first of the two is switched off: what it measures is an
 * element that never comes into view. The other names the element that is first in the marker, so its id tells which page
 * is asked for, and one page is sent for it. Since the id is another one afterwards, the client does not scroll back to it.
 */
export const historyMarker = component<{ room: Room; hasOlder: boolean; oldestId: number }>(
  ({ room, hasOlder, oldestId }) => html`
<i id="history-overrun"></i><div id="history" phx-viewport-overrun-target="history-overrun"${attr(
    "phx-viewport-top",
    expr(hasOlder, (has) => (has ? LOAD_OLDER : null)),
  )}><p${attr("id", expr(oldestId, markerId))}>${expr(hasOlder, room.name, (has, name) =>
    has ? "Scroll up for older messages" : `This is where ${name} begins`,
  )}</p></div>`,
);
