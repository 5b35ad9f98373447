import type { User } from "../../chat/accounts.ts";
import type { Message } from "../../chat/message.ts";
import { expr, type Ref } from "../../live/expression.ts";
import type { Template } from "../../live/slots.ts";
import { attr, html } from "../../live/template.ts";
import type { MessageDetails } from "./list-mode.ts";

/** The DOM id of a message. */
export const messageDomId = (id: number): string => `messages-${id}`;

/** A message in its element, as every mode but `stream` and `append` writes it. */
export const messageElement = (
  message: Ref<Message>,
  me: Ref<User>,
  details: MessageDetails,
): Template => html`<article${attr("id", expr(message.id, messageDomId))} class="message">
        ${details({ message, me })}
      </article>`;
