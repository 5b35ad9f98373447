import { expr, type Ref } from "../../live/expression.ts";
import type { ConditionalSlot } from "../../live/slots.ts";
import { attr, html, when } from "../../live/template.ts";

/** The event by which a reader who reaches the end of a window asks for what is newer. */
export const LOAD_NEWER = "load_newer";

/** The DOM id of the marker's text while that message is the newest on the page. */
export const newerId = (newestId: number): string => `newer-${newestId}`;

/** What stands behind a list whose newest messages have been pruned, and asks for them when a reader comes to see it. */
export const newerMarker = (hasNewer: Ref<boolean>, window: Ref<readonly number[]>): ConditionalSlot =>
  when(
    hasNewer,
    html`<div id="newer"${attr("phx-viewport-bottom", LOAD_NEWER)}><p${attr(
      "id",
      expr(window, (ids) => newerId(ids.at(-1) ?? 0)),
    )}>Scroll down for newer messages</p></div>`,
  );
