import { expr, type Ref } from "../../live/expression.ts";
import { attr, type Slot } from "../../live/template.ts";

/** The event by which a reader who reaches the top asks for a page of history. */
export const LOAD_OLDER = "load_older";

/** The binding on the list that fires {@link LOAD_OLDER}, while there is older history. */
export function loadOlder(hasOlder: Ref<boolean>): Slot {
  return attr(
    "phx-viewport-top",
    expr(hasOlder, (has) => (has ? LOAD_OLDER : null)),
  );
}
