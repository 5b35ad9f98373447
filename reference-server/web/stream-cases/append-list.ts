import { expr } from "../../live/expression.ts";
import type { InsertOptions } from "../../live/stream.ts";
import { attr, each, html } from "../../live/template.ts";
import { bystanderElement } from "./case-elements.ts";
import { type CaseList, type CaseSocket, caseDomId } from "./case-list.ts";
import type { CaseItem } from "./case-operation.ts";

/**
 * The list in temporary assigns, in a container whose children the client keeps (`phx-update="append"`): what is rendered
 * changes the element of its id, or is added at the one end that the container says.
 */
export const appendList: CaseList = {
  offers: ["insert", "insert-all"],
  mount(socket, items, limit) {
    if (limit !== undefined) refuse("limit");
    socket.temporary({ items: [] });
    socket.assign({ items, addAt: "append" });
  },
  insert: (socket, item, options) => add(socket, [item], options),
  insertAll: add,
  delete: () => refuse("delete"),
  reset: () => refuse("reset"),
  render: (
    { name, items, addAt, bystander },
    entry,
  ) => html`<ul${attr("id", name)} class="case-list"${attr("phx-update", addAt)}>
      ${each(items, (item) => entry(expr(name, item.id, caseDomId), item))}
      ${bystanderElement({ name, bystander })}
    </ul>`,
};

/** Adds to what the next render brings: of two with one id the later, each first in turn at the front. */
function add(
  socket: CaseSocket,
  items: readonly CaseItem[],
  { at = -1, limit, updateOnly }: InsertOptions,
): void {
  if (limit !== undefined) refuse("limit");
  if (updateOnly === true) refuse("change only what is there");
  if (at > 0) refuse("place");
  const entries = items.reduce<readonly CaseItem[]>((list, item) => {
    if (list.some(({ id }) => id === item.id))
      return list.map((known) => (known.id === item.id ? item : known));
    return list.toSpliced(at === 0 ? 0 : list.length, 0, item);
  }, socket.assigns.items);
  socket.assign({ items: entries, addAt: at === 0 ? "prepend" : "append" });
}

function refuse(what: string): never {
  throw new Error(`a container that appends cannot ${what}`);
}
