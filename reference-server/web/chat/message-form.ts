import type { User } from "../../chat/accounts.ts";
import type { Room } from "../../chat/rooms.ts";
import { expr } from "../../live/expression.ts";
import { attr, component, html, when } from "../../live/template.ts";

/**
 * The form that writes a message. Its hidden fields say who writes where, as such forms often do; the server believes
 * neither (`writing.ts`). What a page that was cut off has in it is no change: it comes by an event of its own.
 */
export const messageForm = component<{
  room: Room;
  me: User;
  problem: string;
  /** The event of who leaves the field; null: there is none. */
  onBlur?: string | null;
}>(
  ({
    room,
    me,
    problem,
    onBlur,
  }) => html`<form id="message-form" phx-change="validate" phx-auto-recover="recover_draft" phx-submit="send">
      <input type="hidden" name="message[room_id]"${attr("value", room.id)}><input type="hidden" name="message[sender_id]"${attr("value", me.id)}>
      <textarea id="message_content" name="message[content]" rows="1"${attr("data-room", room.id)}${attr(
        "placeholder",
        expr(room.name, (name) => `Message ${name}`),
      )} aria-label="Your message" aria-describedby="message-problem" autocomplete="off" required phx-hook="Draft" phx-keydown="edit_last" phx-key="ArrowUp"${attr("phx-blur", onBlur ?? false)}></textarea>
      <button type="submit">Send</button>
      <p id="message-problem" role="alert">${when(
        expr(problem, (said) => said !== ""),
        html`${problem}`,
      )}</p>
    </form>`,
);
