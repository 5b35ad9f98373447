import type { User } from "../../chat/accounts.ts";
import type { Conversation } from "../../chat/conversation.ts";
import { expr } from "../../live/expression.ts";
import { JS } from "../../live/js.ts";
import { attr, component, html, when } from "../../live/template.ts";
import type { ModeName } from "../chat/modes.ts";

/** The browser opens and closes it: no render has a say in that. */
const KEPT_OPEN = String(JS.ignoreAttributes("open"));

/** What the conversation is called, who is in it, and for its owner how to close it. */
export const conversationHeader = component<{
  title: string;
  conversation: Conversation;
  me: User;
  mode: ModeName;
}>(
  ({ title, conversation, me, mode }) => html`<header class="room">
      <h2>${title}</h2><span class="mode">${mode}</span>
      <p class="members">${expr(conversation.members, conversation.ownerId, namesOf)}</p>
      ${when(
        expr(conversation, me.id, ({ ownerId, closedAt }, myId) => ownerId === myId && closedAt === null),
        html`<details id="close-conversation"${attr("phx-mounted", KEPT_OPEN)}><summary>Close…</summary><p>Nobody can write here then. <button type="button" phx-click="close_conversation">Close it for good</button></p></details>`,
      )}
    </header>`,
);

/** `alice (owner), bob`. */
function namesOf(members: readonly User[], ownerId: number): string {
  return members.map(({ id, name }) => (id === ownerId ? `${name} (owner)` : name)).join(", ");
}
