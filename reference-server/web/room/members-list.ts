import type { User } from "../../chat/accounts.ts";
import { expr } from "../../live/expression.ts";
import { attr, component, each, html, when } from "../../live/template.ts";
import { avatarStyle, initialOf } from "../avatar.ts";
import type { Member } from "./members.ts";

/** Who is in the room, each in a colour of his own, and three dots behind who writes. */
export const membersList = component<{ members: readonly Member[]; me: User }>(
  ({ members, me }) => html`<aside id="members" aria-labelledby="members-title">
    <h2 id="members-title">Members</h2>
    <ul>
      ${each(
        members,
        (member) =>
          html`<li${attr(
            "id",
            expr(member.id, (id) => `member-${id}`),
          )}><span class="avatar"${attr("style", expr(member.name, avatarStyle))} aria-hidden="true">${expr(member.name, initialOf)}</span><span class="name">${member.name}</span>${when(
            expr(member.id, me.id, (id, mine) => id === mine),
            html`<span class="you">you</span>`,
          )}${when(member.typing, html`<span class="typing" role="img" aria-label="is writing">...</span>`)}</li>`,
        { key: ({ id }) => id },
      )}
    </ul>
  </aside>`,
);
