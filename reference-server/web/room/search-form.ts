import { expr } from "../../live/expression.ts";
import { attr, component, html } from "../../live/template.ts";

/** Looks for messages of the room as one types. */
export const searchForm = component<{ search: string; name: string }>(
  ({ search, name }) =>
    html`<form id="search-form" role="search" phx-change="search" phx-submit="search"><input type="search" id="search" name="search" maxlength="200" autocomplete="off" phx-debounce="150"${attr("value", search)}${attr(
      "aria-label",
      expr(name, (room) => `Search ${room}`),
    )} placeholder="Search"></form>`,
);
