import { constant, expr, type Refs } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import { attr, html, when } from "../../live/template.ts";
import { editDialog } from "../chat/edit-dialog.ts";
import { historyMarker } from "../chat/history-marker.ts";
import { messageForm } from "../chat/message-form.ts";
import { flashMessages } from "../flash-messages.ts";
import type { ConversationAssigns } from "./conversation-assigns.ts";
import { conversationHeader } from "./conversation-header.ts";
import { conversationsNav } from "./conversations-nav.ts";

/** The page of a conversation around its list: one's conversations, the header, and the form while it is open. */
export function renderConversation(assigns: Refs<ConversationAssigns>, list: Template): Template {
  const { flash, me, room, conversation, conversations, mode, editing, draftProblem } = assigns;
  const { prefix, hasOlder, oldestId } = assigns;
  return html`
<div${attr(
    "class",
    expr(conversation.closedAt, (closedAt) => (closedAt === null ? "chat" : "chat closed")),
  )}${attr(
    "id",
    expr(conversation.id, (id) => `conversation-${id}`),
  )}>
  ${conversationsNav({ conversations, me, currentId: conversation.id, prefix })}
  <main id="main">
    ${conversationHeader({ title: room.name, conversation, me, mode })}
    <p class="offline" role="status">The connection is lost. What you write stays here until it is back.</p>
    ${flashMessages({ flash })}
    <div id="notifications" phx-hook="Notifications" hidden></div>
    <div id="seen" phx-hook="Seen">
      <div id="messages-wrap" phx-hook="Scroll"${attr("data-room", room.id)} role="log" aria-label="Messages" tabindex="0">
        ${historyMarker({ name: room.name, search: constant(""), hasOlder, oldestId, historyBy: constant("viewport") })}
        ${list}
      </div>
    </div>
    ${when(
      conversation.closedAt,
      (closedAt) =>
        html`<p id="closed-notice" role="status">This conversation was closed on ${expr(closedAt, (at) => at.slice(0, 16).replace("T", " at "))}. It can still be read.</p>`,
      messageForm({ room, me, problem: draftProblem, onBlur: constant(null) }),
    )}
  </main>
  ${editDialog({ editing })}
</div>`;
}
