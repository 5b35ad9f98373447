/** The template of `test/fixtures/wire/page.heex`, white space included: what the recorded server rendered. */
import { expr, type Ref, type Refs } from "../../../reference-server/live/expression.ts";
import { JS } from "../../../reference-server/live/js.ts";
import { SafeHtml } from "../../../reference-server/live/safe-html.ts";
import type { Slot, Template } from "../../../reference-server/live/slots.ts";
import type { LiveStream } from "../../../reference-server/live/stream.ts";
import { attr, component, each, html, when } from "../../../reference-server/live/template.ts";
import type { Message } from "./data.ts";
import type { Member } from "./wire-chat.ts";

/** What the recorded page holds. */
export interface WireAssigns {
  readonly pageTitle: string;
  readonly mode: string;
  readonly room: Room;
  readonly rooms: readonly Room[];
  readonly members: readonly Member[];
  readonly hasMore: boolean;
  readonly form: Values<"content">;
  readonly editForm: Values<"id" | "content">;
  readonly messages: readonly Message[];
  readonly streams: { readonly messages: LiveStream<Message> };
}

interface Room {
  readonly id: number;
  readonly name: string;
}

/** The values of a form's fields. */
export type Values<Field extends string> = { readonly [F in Field]: string };

const link = component<{ to: string; body: Template }>(
  ({ to, body }) =>
    html`<a${attr("href", to)} data-phx-link="redirect"${attr("data-phx-link-state", "push")}${""}>${body}</a>`,
);

const roomList = component<{ rooms: readonly Room[]; room: Room; mode: string }>(
  ({ rooms, room, mode }) => html`<nav>
  <ul>
    ${each(
      rooms,
      (each) => html`<li class="${expr(each.id, room.id, (id, current) => (id === current ? "active" : ""))}">
      ${link({ to: expr(mode, each.id, (name, id) => `/${name}/rooms/${id}`), body: html`${each.name}` })}
    </li>`,
    )}
  </ul>
</nav>`,
);

const memberList = component<{ members: readonly Member[] }>(
  ({ members }) => html`<aside class="members">
  <h2>Members</h2>
  <ul>
    ${each(members, (member) => html`<li>${member.email}${when(member.typing, html`<span class="typing">...</span>`)}</li>`)}
  </ul>
</aside>`,
);

const messageMeta = component<{ message: Message }>(
  ({ message }) => html`<div class="meta">
  <span class="sender">${message.sender_email}</span>
  <time>${message.inserted_at}</time>
  ${when(message.edited, html`<span class="edited">(edited)</span>`)}
</div>`,
);

const messageDetails = component<{ message: Message }>(
  ({ message }) => html`${messageMeta({ message })}
<p class="content" id="message-${message.id}-content">${message.content}</p>
<div class="actions">
  <button type="button" class="edit"${attr(
    "phx-click",
    expr(message.id, (id) => String(JS.push("edit", { value: { id } }).show({ to: "#edit-form" }))),
  )}>Edit</button>
  <button type="button" class="delete" phx-click="delete_message"${attr("phx-value-id", message.id)}>Delete</button>
</div>`,
);

/** The library's own form: it computes its attributes anew whenever the form is another one. */
const libraryForm = component<{ form: unknown; attributes: string; body: Template }>(
  ({ form, attributes, body }) => html`<form${expr(form, attributes, (_, rest) => new SafeHtml(rest))}>
  ${expr(form, () => "")}
  ${expr(form, () => "")}
  ${body}
</form>`,
);

/** An attribute made from a field of a form, which is read as a whole. */
function fieldAttr<F>(form: Ref<F>, name: string, value: (form: F) => string): Slot {
  return attr(
    name,
    expr(form, (values) => value(values as F)),
  );
}

type MessageForm = Values<"content">;
const messageForm = component<{ form: MessageForm }>(
  ({ form }) =>
    html`${libraryForm({
      form,
      attributes: ' phx-submit="send" phx-change="typing" id="message-form"',
      body: html`
  <input type="text"${fieldAttr(form, "id", () => "message_content")}${fieldAttr(form, "name", () => "message[content]")}${fieldAttr(form, "value", ({ content }) => content)} phx-blur="stop_typing" phx-debounce="100" placeholder="write your message here..." autocomplete="off">
  <button type="submit">Send</button>
`,
    })}`,
);

const HIDE = JS.hide({ to: "#edit-form" });
const SAVE = String(JS.push("save_edit").hide({ to: "#edit-form" })).replaceAll('"', "&quot;");

type EditForm = Values<"id" | "content">;
const editForm = component<{ form: EditForm }>(
  ({ form }) => html`<div id="edit-form" style="display: none">
  ${libraryForm({
    form,
    attributes: ` phx-submit="${SAVE}" id="edit-message-form"`,
    body: html`
    <input type="hidden"${fieldAttr(form, "name", () => "edit[id]")}${fieldAttr(form, "value", ({ id }) => id)}>
    <input type="text"${fieldAttr(form, "name", () => "edit[content]")}${fieldAttr(form, "value", ({ content }) => content)}>
    <button type="submit">Save</button>
    <button type="button"${attr("phx-click", String(HIDE))}>Cancel</button>
  `,
  })}
</div>`,
);

/** Entries written with `:for` on the tag. */
const tagEntry = (message: Ref<Message>): Template => html`<div id="messages-${message.id}" class="message">
      ${messageDetails({ message })}
    </div>`;

/** Entries written within a `for ... do` block, whose white space is theirs. */
const blockEntry = (message: Ref<Message>): Template => html`
    <div id="messages-${message.id}" class="message">
      ${messageDetails({ message })}
    </div>
    `;

/** The slots of the page, in order. */
interface Parts {
  readonly roomId: Ref<number>;
  readonly rooms: Slot;
  readonly members: Slot;
  readonly viewportTop: Slot;
  readonly list: Slot;
  readonly form: Slot;
  readonly editForm: Slot;
}

function partsOf(assigns: Refs<WireAssigns>, list: Slot): Parts {
  const { room, rooms, mode, members, hasMore, form } = assigns;
  return {
    roomId: room.id,
    rooms: roomList({ rooms, room, mode }),
    members: memberList({ members }),
    viewportTop: attr(
      "phx-viewport-top",
      expr(hasMore, (more) => (more ? "load_more" : null)),
    ),
    list,
    form: messageForm({ form }),
    editForm: editForm({ form: assigns.editForm }),
  };
}

const plainPage = (parts: Parts): Template => html`<div class="chat" id="room-${parts.roomId}">
  ${parts.rooms}
  ${parts.members}
  <div id="messages-wrap" phx-hook="Scroll">
  <div id="messages"${parts.viewportTop}>
    ${parts.list}
  </div>
  </div>
  ${parts.form}
  ${parts.editForm}
</div>`;

const streamPage = (parts: Parts): Template => html`<div class="chat" id="room-${parts.roomId}">
  ${parts.rooms}
  ${parts.members}
  <div id="messages-wrap" phx-hook="Scroll">
  <div id="messages" phx-update="stream"${parts.viewportTop}>
    ${parts.list}
  </div>
  </div>
  ${parts.form}
  ${parts.editForm}
</div>`;

const appendPage = (parts: Parts): Template => html`<div class="chat" id="room-${parts.roomId}">
  ${parts.rooms}
  ${parts.members}
  <div id="messages-wrap" phx-hook="Scroll">
  <div id="messages" phx-update="append"${parts.viewportTop}>
    ${parts.list}
  </div>
  </div>
  ${parts.form}
  ${parts.editForm}
</div>`;

/** The page with its list as a stream. */
export const renderStream = (assigns: Refs<WireAssigns>): Template =>
  streamPage(
    partsOf(
      assigns,
      each(
        assigns.streams.messages,
        ({ domId, item }) => html`<div${attr("id", domId)} class="message">
      ${messageDetails({ message: item })}
    </div>`,
      ),
    ),
  );

/** The page with its list in assigns, tracked by index. */
export const renderStateful = (assigns: Refs<WireAssigns>): Template =>
  plainPage(partsOf(assigns, each(assigns.messages, blockEntry)));

/** The page with its list in assigns, every entry sent with every change. */
export const renderResend = (assigns: Refs<WireAssigns>): Template =>
  plainPage(partsOf(assigns, each(assigns.messages, blockEntry, { untracked: true })));

/** The page with its list in assigns, tracked by the messages' ids. */
export const renderKeyed = (assigns: Refs<WireAssigns>): Template =>
  plainPage(partsOf(assigns, each(assigns.messages, tagEntry, { key: ({ id }) => id })));

/** The page with its list in temporary assigns, kept by the client. */
export const renderAppend = (assigns: Refs<WireAssigns>): Template =>
  appendPage(partsOf(assigns, each(assigns.messages, blockEntry)));
