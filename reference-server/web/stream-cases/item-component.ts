import { expr } from "../../live/expression.ts";
import { type ComponentAssigns, defineLiveComponent } from "../../live/live-component.ts";
import { attr, html } from "../../live/template.ts";
import type { CaseItem } from "./case-operation.ts";

interface ItemAttributes {
  readonly domId: string;
  readonly item: CaseItem;
}

interface ItemAssigns extends ComponentAssigns, ItemAttributes {
  readonly presses: number;
}

/** An item with a state of its own: its mark says how often its button was pressed. */
export const itemComponent = defineLiveComponent<ItemAssigns, ItemAttributes>({
  name: "case-item",
  mount: (socket) => void socket.assign({ presses: 0 }),
  handleEvent: (socket) => socket.assign({ presses: socket.assigns.presses + 1 }),
  render: ({ domId, item, presses, myself }) =>
    html`<li${attr("id", domId)}${attr(
      "data-mark",
      expr(presses, (count) => (count === 0 ? null : `pressed ${count}`)),
    )} phx-hook="CaseItem"><span class="text">${item.text}</span><button phx-click="press"${attr("phx-target", myself)}>Press</button></li>`,
});
