import { constant, expr, type Refs } from "../../live/expression.ts";
import type { LiveSlot, Template } from "../../live/slots.ts";
import { attr, html, when } from "../../live/template.ts";
import { editDialog } from "../chat/edit-dialog.ts";
import { historyMarker } from "../chat/history-marker.ts";
import type { MessageFormRefs } from "../chat/message-form.ts";
import { flashMessages } from "../flash-messages.ts";
import { membersList } from "./members-list.ts";
import { STOP_TYPING } from "./presence-steps.ts";
import type { RoomAssigns } from "./room-assigns.ts";
import { roomsNav } from "./rooms-nav.ts";
import { searchForm } from "./search-form.ts";

/** What is rendered in one way or another. */
export interface RoomContent {
  /** The messages in their container. */
  readonly list: Template;
  /** The form that writes a message. */
  form(attributes: MessageFormRefs): Template | LiveSlot;
  /** Whether the list can be replaced: where it cannot, another room is another view, and nothing is looked for. */
  readonly replaces: boolean;
}

/**
 * The room page around its list: rooms, messages, the form, and the dialog in which a message is changed.
 */
export function renderRoom(assigns: Refs<RoomAssigns>, { list, form, replaces }: RoomContent): Template {
  const { flash, me, room, rooms, mode, editing, draftProblem, search, prefix, query } = assigns;
  const { members, showsMembers } = assigns;
  const { hasOlder, oldestId, historyBy } = assigns;
  return html`
<div class="chat"${attr(
    "id",
    expr(room.id, (id) => `room-${id}`),
  )}>
  ${roomsNav({
    rooms,
    me,
    currentId: room.id,
    prefix,
    suffix: query,
    link: constant(replaces ? "patch" : "redirect"),
  })}
  <main id="main">
    <header class="room"><h2>${room.name}</h2><span class="mode">${mode}</span>${replaces ? searchForm({ search, name: room.name }) : ""}</header>
    <p class="offline" role="status">The connection is lost. What you write stays here until it is back.</p>
    ${flashMessages({ flash })}
    <div id="messages-wrap" phx-hook="Scroll"${attr("data-room", room.id)} role="log" aria-label="Messages" tabindex="0">
      ${historyMarker({ name: room.name, search, hasOlder, oldestId, historyBy })}
      ${list}
    </div>
    ${form({
      room,
      me,
      problem: draftProblem,
      onBlur: expr(showsMembers, (shows) => (shows ? STOP_TYPING : null)),
    })}
  </main>
  ${when(showsMembers, membersList({ members, me }))}
  ${editDialog({ editing })}
</div>`;
}
