import type { Message } from "../../chat/message.ts";
import { JS } from "../../live/js.ts";
import { attr, component, html, when } from "../../live/template.ts";

const DIALOG = { to: "#edit-dialog" };
const SHOW = String(JS.show({ ...DIALOG, display: "grid" }));
const HIDE = String(JS.hide(DIALOG));
const CANCEL = String(JS.hide(DIALOG).push("cancel_edit"));

/**
 * The dialog in which a message is changed. It is always on the page and shown by the form as it comes, hidden as it
 * goes: so a message that may not be changed shows nothing.
 */
export const editDialog = component<{ editing: Message | null }>(
  ({ editing }) =>
    html`<div id="edit-dialog" role="dialog" aria-modal="true" aria-labelledby="edit-title" style="display: none">${when(
      editing,
      (
        message,
      ) => html`<div id="edit-wrap" phx-hook="Phoenix.FocusWrap"${attr("phx-mounted", SHOW)}${attr("phx-remove", HIDE)}${attr("phx-window-keydown", CANCEL)} phx-key="escape">
    <span id="edit-wrap-start" tabindex="0" aria-hidden="true"></span>
    <form id="edit-message-form" phx-submit="save_edit">
      <h2 id="edit-title">Edit your message</h2>
      <textarea id="edit_content" name="message[content]" rows="3" aria-label="New text" maxlength="10000" autocomplete="off" required phx-hook="Editor"${attr("data-message", message.id)}>
${message.content}</textarea>
      <button type="button"${attr("phx-click", CANCEL)}>Cancel</button>
      <button type="submit">Save</button>
    </form>
    <span id="edit-wrap-end" tabindex="0" aria-hidden="true"></span>
  </div>`,
    )}</div>`,
);
