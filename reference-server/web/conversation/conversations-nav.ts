import type { User } from "../../chat/accounts.ts";
import { type Conversation, displayTitle } from "../../chat/conversation.ts";
import { expr } from "../../live/expression.ts";
import { attr, component, each, html } from "../../live/template.ts";
import { avatarStyle, initialOf } from "../avatar.ts";
import { conversationPath } from "../messenger/notifications.ts";

/** One's conversations on the left, and who is logged in. Another one is another view, gone to without a load. */
export const conversationsNav = component<{
  conversations: readonly Conversation[];
  me: User;
  /** The id of the conversation that the page shows. */
  currentId: number;
  /** What comes in front of `/conversations/1`: that of the rendering mode. */
  prefix: string;
}>(
  ({
    conversations,
    me,
    currentId,
    prefix,
  }) => html`<nav class="rooms conversations" aria-label="Conversations">
    <h1>Conversations</h1>
    <ul>
      ${each(
        conversations,
        (conversation) =>
          html`<li><a${attr(
            "href",
            expr(prefix, conversation.id, (before, id) => `${before}${conversationPath(id)}`),
          )}${attr(
            "aria-current",
            expr(conversation.id, currentId, (id, current) => (id === current ? "page" : null)),
          )} data-phx-link="redirect" data-phx-link-state="push">${expr(conversation, me, displayTitle)}</a></li>`,
        { key: ({ id }) => id },
      )}
    </ul>
    <div class="me">
      <span class="avatar"${attr("style", expr(me.name, avatarStyle))} aria-hidden="true">${expr(me.name, initialOf)}</span>
      <strong>${me.name}</strong>
    </div>
  </nav>`,
);
