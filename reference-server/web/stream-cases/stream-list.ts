import { attr, each, html } from "../../live/template.ts";
import { bystanderElement } from "./case-elements.ts";
import { type CaseList, caseDomId } from "./case-list.ts";

/** The list as a stream: after each render the view holds no item. */
export const streamList: CaseList = {
  offers: ["insert", "insert-all", "delete", "reset", "index", "limit", "update-only"],
  mount(socket, items, limit) {
    const { name } = socket.assigns;
    socket.stream("items", items, {
      domId: ({ id }) => caseDomId(name, id),
      ...(limit === undefined ? {} : { limit }),
    });
  },
  insert: (socket, item, options) => socket.streamInsert("items", item, options),
  insertAll: (socket, items, options) => socket.stream("items", items, options),
  delete: (socket, id) => socket.streamDelete("items", { id, text: "", mark: null }),
  reset: (socket, items) => socket.stream("items", items, { reset: true }),
  render: (
    { name, streams, bystander },
    entry,
  ) => html`<ul${attr("id", name)} class="case-list" phx-update="stream">
      ${each(streams.items, ({ domId, item }) => entry(domId, item))}
      ${bystanderElement({ name, bystander })}
    </ul>`,
};
