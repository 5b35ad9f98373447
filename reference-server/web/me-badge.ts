import type { User } from "../chat/accounts.ts";
import { expr } from "../live/expression.ts";
import { attr, component, html } from "../live/template.ts";
import { avatarStyle, initialOf } from "./avatar.ts";

/** Who is logged in, below what one navigates by. */
export const meBadge = component<{ me: User }>(
  ({ me }) => html`<div class="me">
      <span class="avatar"${attr("style", expr(me.name, avatarStyle))} aria-hidden="true">${expr(me.name, initialOf)}</span>
      <strong>${me.name}</strong>
    </div>`,
);
