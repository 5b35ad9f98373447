import { displayTitle, MAX_TITLE_LENGTH } from "../../chat/conversation.ts";
import { expr, type Refs } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import { attr, each, html, when } from "../../live/template.ts";
import { flashMessages } from "../flash-messages.ts";
import { notificationSwitch } from "../messenger/notification-switch.ts";
import { conversationPath } from "../messenger/notifications.ts";
import type { DashboardAssigns } from "./dashboard-assigns.ts";
import { MEMBER_FIELD, QUERY_FIELD, TITLE_FIELD } from "./drafting.ts";

/** The dashboard: one's conversations, and beside them the forms that make one. */
export function renderDashboard(assigns: Refs<DashboardAssigns>): Template {
  const { flash, me, conversations, permission, recovery } = assigns;
  return html`
<main id="main" class="dashboard">
  <p class="offline" role="status">The connection is lost. What you have begun stays here until it is back.</p>
  ${flashMessages({ flash })}
  <section aria-labelledby="conversations-title">
    <h1 id="conversations-title">Your conversations</h1>
    <ul id="conversations">
      ${each(
        conversations,
        (conversation) =>
          html`<li${attr(
            "id",
            expr(conversation.id, (id) => `conversations-${id}`),
          )}><a${attr("href", expr(conversation.id, conversationPath))}><strong>${expr(conversation, me, displayTitle)}</strong><span class="members">${expr(conversation.members, (members) => members.map(({ name }) => name).join(", "))}</span>${when(
            conversation.closedAt,
            html`<span class="closed-mark">closed</span>`,
          )}</a></li>`,
        { key: ({ id }) => id },
      )}
    </ul>
    ${when(
      expr(conversations, (all) => all.length === 0),
      html`<p class="none">None yet. Begin one with somebody.</p>`,
    )}
    ${notificationSwitch({ permission })}
  </section>
  <section id="new-conversation" aria-labelledby="new-title" phx-hook="NewConversation"${attr(
    "data-restore",
    expr(recovery, (by) => (by === "hook" ? "restore_state" : null)),
  )}>
    <h2 id="new-title">New conversation</h2>
    ${contactForm(assigns)}
    ${conversationForm(assigns)}
  </section>
</main>`;
}

/** Finds people by their nickname. */
function contactForm({ query, found }: Refs<DashboardAssigns>): Template {
  return html`<form id="contact-form" phx-change="find" phx-submit="add_first" role="search">
      <label for="contact_name">Add people by their nickname</label>
      <input type="search" id="contact_name"${attr("name", QUERY_FIELD)}${attr("value", query)} autocomplete="off" autocapitalize="none" spellcheck="false" phx-debounce="150" aria-describedby="found-count">
      <p id="found-count" role="status">${expr(query, found, howMany)}</p>
      <ul id="found">
        ${each(
          found,
          (user) =>
            html`<li><button type="button" phx-click="add"${attr("phx-value-id", user.id)}>Add ${user.name}</button></li>`,
          { key: ({ id }) => id },
        )}
      </ul>
    </form>`;
}

/** What is begun: who is in it, and its title. */
function conversationForm({ draft, recovery }: Refs<DashboardAssigns>): Template {
  return html`<form id="conversation-form" phx-change="entitle" phx-submit="create"${attr(
    "phx-auto-recover",
    expr(recovery, (by) => (by === "hook" ? "ignore" : "restore_form")),
  )}>
      <ul id="contacts" aria-label="Who is in it beside you">
        ${each(
          draft.contacts,
          (user) =>
            html`<li${attr(
              "id",
              expr(user.id, (id) => `contacts-${id}`),
            )}><input type="hidden"${attr("name", MEMBER_FIELD)}${attr("value", user.id)}>${user.name} <button type="button" phx-click="leave_out"${attr("phx-value-id", user.id)}${attr(
              "aria-label",
              expr(user.name, (name) => `Leave ${name} out`),
            )}>✕</button></li>`,
          { key: ({ id }) => id },
        )}
      </ul>
      <label for="conversation_title">Title, if it is to have one</label>
      <input type="text" id="conversation_title"${attr("name", TITLE_FIELD)}${attr("value", draft.title)} autocomplete="off"${attr("maxlength", MAX_TITLE_LENGTH)} phx-debounce="150">
      <button type="submit"${attr(
        "disabled",
        expr(draft.contacts, (contacts) => contacts.length === 0),
      )}>Begin the conversation</button>
    </form>`;
}

function howMany(query: string, found: readonly unknown[]): string {
  if (query.trim() === "") return "";
  return found.length === 0 ? "Nobody is called that" : `${found.length} found`;
}
