import { expr } from "../../live/expression.ts";
import { attr, component, html } from "../../live/template.ts";

/** The event by which a reader who reaches the top asks for a page of history. */
export const LOAD_OLDER = "load_older";

/**
 * How a page notices that a reader reaches the top: by the viewport binding of the marker, by a hook of it with an
 * IntersectionObserver, or not by the marker.
 */
export type HistoryBy = "viewport" | "observer" | "elsewhere";

/** Stands for the id of the oldest message where there is none: history is read from the end. */
export const NO_MESSAGE = Number.MAX_SAFE_INTEGER;

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
export const historyMarker = component<{
  name: string;
  search: string;
  hasOlder: boolean;
  oldestId: number;
  historyBy: HistoryBy;
}>(
  ({ name, search, hasOlder, oldestId, historyBy }) => html`
<i id="history-overrun"></i><div id="history" phx-viewport-overrun-target="history-overrun"${attr(
    "phx-viewport-top",
    expr(hasOlder, historyBy, (has, by) => (has && by === "viewport" ? LOAD_OLDER : null)),
  )}${attr(
    "phx-hook",
    expr(historyBy, (by) => (by === "observer" ? "HistoryObserver" : null)),
  )}><p${attr("id", expr(oldestId, markerId))}${attr(
    "data-load",
    expr(hasOlder, historyBy, (has, by) => (has && by === "observer" ? LOAD_OLDER : null)),
  )}>${expr(hasOlder, oldestId, name, search, textOf)}</p></div>`,
);

function textOf(hasOlder: boolean, oldestId: number, name: string, search: string): string {
  if (search !== "") return `${oldestId === NO_MESSAGE ? "Nothing" : "What"} was found for “${search}”`;
  return hasOlder ? "Scroll up for older messages" : `This is where ${name} begins`;
}
