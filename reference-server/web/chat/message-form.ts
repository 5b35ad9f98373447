import type { User } from "../../chat/accounts.ts";
import type { Room } from "../../chat/rooms.ts";
import { constant, expr, type Ref } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import { attr, component, html, when } from "../../live/template.ts";

/** What the form is made from. */
export interface MessageFormAttributes {
  readonly room: Room;
  readonly me: User;
  /** What is wrong with what is written so far; empty: nothing. */
  readonly problem: string;
  /** The event of who leaves the field; null: there is none. */
  readonly onBlur: string | null;
}

/** The references to {@link MessageFormAttributes}, by name. */
export type MessageFormRefs = { readonly [K in keyof MessageFormAttributes]: Ref<MessageFormAttributes[K]> };

/**
 * The form that writes a message. Its hidden fields say who writes where, as such forms often do; the server believes
 * neither (`writing.ts`). What a page that was cut off has in it is no change: it comes by an event of its own.
 *
 * @param target the number of the live component that it is; null where it is none
 */
export const messageFormElement = (
  { room, me, problem, onBlur }: MessageFormRefs,
  target: Ref<number | null>,
): Template => html`<form id="message-form" phx-change="validate" phx-auto-recover="recover_draft" phx-submit="send"${attr("phx-target", target)}>
      <input type="hidden" name="message[room_id]"${attr("value", room.id)}><input type="hidden" name="message[sender_id]"${attr("value", me.id)}>
      <textarea id="message_content" name="message[content]" rows="1"${attr("data-room", room.id)}${attr(
        "placeholder",
        expr(room.name, (name) => `Message ${name}`),
      )} aria-label="Your message" aria-describedby="message-problem" autocomplete="off" required phx-hook="Draft" phx-keydown="edit_last" phx-key="ArrowUp"${attr("phx-blur", onBlur)}></textarea>
      <button type="submit">Send</button>
      <p id="message-problem" role="alert">${when(
        expr(problem, (said) => said !== ""),
        html`${problem}`,
      )}</p>
    </form>`;

/** The form as a function component: its events are the page's. */
export const messageForm = component<MessageFormAttributes>((attributes) =>
  messageFormElement(attributes, constant(null)),
);
