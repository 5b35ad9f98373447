import { expr, type Refs } from "../../live/expression.ts";
import { JS } from "../../live/js.ts";
import type { Template } from "../../live/slots.ts";
import { attr, each, html, when } from "../../live/template.ts";
import { avatarStyle } from "../avatar.ts";
import { historyMarker } from "./history-marker.ts";
import type { RoomAssigns } from "./room-assigns.ts";

/** The room page around its list: rooms, messages, the form, and the dialog in which a message is changed. */
export function renderRoom(assigns: Refs<RoomAssigns>, list: Template): Template {
  const { me, room, rooms, mode, editing, hasOlder, oldestId } = assigns;
  return html`
<div class="chat"${attr(
    "id",
    expr(room.id, (id) => `room-${id}`),
  )}>
  <nav class="rooms" aria-label="Rooms">
    <h1>Rooms</h1>
    <ul>
      ${each(
        rooms,
        (other) =>
          html`<li><a${attr(
            "href",
            expr(mode, other.id, (name, id) => `/${name}/rooms/${id}`),
          )}${attr(
            "aria-current",
            expr(other.id, room.id, (id, current) => (id === current ? "page" : null)),
          )}>${other.name}</a></li>`,
      )}
    </ul>
    <div class="me">
      <span class="avatar"${attr("style", expr(me.name, avatarStyle))} aria-hidden="true">${expr(me.name, (name) => name.slice(0, 1).toUpperCase())}</span>
      <strong>${me.name}</strong>
    </div>
  </nav>
  <main>
    <header class="room"><h2>${room.name}</h2><span class="mode">${mode}</span></header>
    <div id="messages-wrap" phx-hook="Scroll">
      ${historyMarker({ room, hasOlder, oldestId })}
      ${list}
    </div>
    <form id="message-form" phx-submit="send">
      <input type="text" id="message_content" name="message[content]"${attr(
        "placeholder",
        expr(room.name, (name) => `Message ${name}`),
      )} aria-label="Your message" maxlength="10000" autocomplete="off" required>
      <button type="submit">Send</button>
    </form>
  </main>
  ${when(
    editing,
    (
      message,
    ) => html`<div id="edit-dialog" role="dialog" aria-modal="true" aria-labelledby="edit-title" phx-window-keydown="cancel_edit" phx-key="escape">
    <form id="edit-message-form" phx-submit="save_edit">
      <h2 id="edit-title">Edit your message</h2>
      <input type="text" id="edit_content" name="message[content]"${attr("value", message.content)} aria-label="New text" maxlength="10000" autocomplete="off" required${attr("phx-mounted", String(JS.dispatch("chat:continue", { to: "#edit_content" })))}>
      <button type="button" phx-click="cancel_edit">Cancel</button>
      <button type="submit">Save</button>
    </form>
  </div>`,
  )}
</div>`;
}
