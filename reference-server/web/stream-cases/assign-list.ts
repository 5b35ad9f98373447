import { expr } from "../../live/expression.ts";
import type { InsertOptions } from "../../live/stream.ts";
import { attr, type EachOptions, each, html } from "../../live/template.ts";
import { bystanderElement } from "./case-elements.ts";
import { type CaseList, type CaseSocket, caseDomId } from "./case-list.ts";
import type { CaseItem } from "./case-operation.ts";

/** The list in assigns: the view holds every item, and its entries are known again as `tracking` says. */
function assignList(tracking: EachOptions<CaseItem>): CaseList {
  const show = (socket: CaseSocket, items: readonly CaseItem[]) => socket.assign({ items });
  return {
    offers: ["insert", "insert-all", "delete", "reset", "index", "update-only"],
    mount(socket, items, limit) {
      refuseLimit(limit);
      show(socket, items);
    },
    insert: (socket, item, options) => show(socket, inserted(socket.assigns.items, item, options)),
    insertAll: (socket, items, options) =>
      show(
        socket,
        items.reduce((list, item) => inserted(list, item, options), socket.assigns.items),
      ),
    delete: (socket, id) =>
      show(
        socket,
        socket.assigns.items.filter((item) => item.id !== id),
      ),
    reset: show,
    render: ({ name, items, bystander }, entry) => html`<ul${attr("id", name)} class="case-list">
      ${each(items, (item) => entry(expr(name, item.id, caseDomId), item), tracking)}
      ${bystanderElement({ name, bystander })}
    </ul>`,
  };
}

function inserted(
  items: readonly CaseItem[],
  item: CaseItem,
  { at = -1, limit, updateOnly = false }: InsertOptions,
): readonly CaseItem[] {
  refuseLimit(limit);
  if (items.some(({ id }) => id === item.id))
    return items.map((known) => (known.id === item.id ? item : known));
  if (updateOnly) return items;
  return items.toSpliced(at === -1 ? items.length : at, 0, item);
}

function refuseLimit(limit: number | undefined): void {
  if (limit !== undefined) throw new Error("a list in assigns has no limit");
}

/** Every item is sent with every change of the list, as before LiveView 1.1. */
export const resendList = assignList({ untracked: true });

/** Entries are known by their index: `for` without `:key`. */
export const statefulList = assignList({});

/** Entries are known by the item's id: `for` with `:key`. */
export const keyedList = assignList({ key: ({ id }) => id });
