import { expr } from "../../live/expression.ts";
import { attr, component, html, when } from "../../live/template.ts";
import type { CaseItem } from "./case-operation.ts";

interface ItemAttributes {
  readonly domId: string;
  readonly item: CaseItem;
  readonly removal: string | null;
  readonly ignoring: boolean;
}

/** An item of the list: the same in every mode. */
export const itemElement = component<ItemAttributes>(
  ({ domId, item, removal, ignoring }) =>
    html`<li${attr("id", domId)}${attr("data-mark", item.mark)} phx-hook="CaseItem"${attr("phx-remove", removal)}><span class="text">${item.text}</span>${when(
      ignoring,
      html`<i${attr(
        "id",
        expr(domId, (id) => `${id}-own`),
      )} class="own" phx-update="ignore"${attr("data-mark", item.mark)}${attr("title", item.text)}>${item.text}</i>`,
    )}</li>`,
);

/** The element in the list that is no item. */
export const bystanderElement = component<{ readonly name: string; readonly bystander: boolean }>(
  ({ name, bystander }) =>
    html`${when(
      bystander,
      html`<li${attr(
        "id",
        expr(name, (of) => `${of}-bystander`),
      )} class="bystander">bystander</li>`,
    )}`,
);
