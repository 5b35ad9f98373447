import type { User } from "../../chat/accounts.ts";
import type { Room } from "../../chat/rooms.ts";
import { expr } from "../../live/expression.ts";
import { attr, component, each, html } from "../../live/template.ts";
import { avatarStyle, initialOf } from "../avatar.ts";

/** The rooms on the left, and who is logged in. */
export const roomsNav = component<{
  rooms: readonly Room[];
  me: User;
  /** The id of the room that the page is at; 0 where it is at none. */
  currentId: number;
  /** What comes in front of `/rooms/1`: that of the rendering mode. */
  prefix: string;
  /** What comes behind it: how the page was asked for. */
  suffix: string;
  /** How a room is gone to: by another address of this view, or by another view. */
  link: "patch" | "redirect";
}>(
  ({ rooms, me, currentId, prefix, suffix, link }) => html`<nav class="rooms" aria-label="Rooms">
    <h1>Rooms</h1>
    <ul>
      ${each(
        rooms,
        (room) =>
          html`<li><a${attr(
            "href",
            expr(prefix, room.id, suffix, (before, id, after) => `${before}/rooms/${id}${after}`),
          )}${attr(
            "aria-current",
            expr(room.id, currentId, (id, current) => (id === current ? "page" : null)),
          )}${attr("data-phx-link", link)} data-phx-link-state="push">${room.name}</a></li>`,
      )}
    </ul>
    <div class="me">
      <span class="avatar"${attr("style", expr(me.name, avatarStyle))} aria-hidden="true">${expr(me.name, initialOf)}</span>
      <strong>${me.name}</strong>
    </div>
  </nav>`,
);
