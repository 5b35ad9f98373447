import { pipe } from "../../live/pipeline.ts";
import { defineView, type View } from "../../live/view.ts";
import { assignMe } from "../assign-me.ts";
import type { ListMode } from "../chat/list-mode.ts";
import { MODES, type ModeName } from "../chat/modes.ts";
import { showLast } from "../chat/reading.ts";
import { annotatedDetails } from "./annotated-details.ts";
import type { ConversationAssigns, ConversationContext, ConversationStep } from "./conversation-assigns.ts";
import { conversationEvent } from "./conversation-events.ts";
import { renderConversation } from "./conversation-template.ts";
import { checkMembership, enterConversation, listConversations } from "./membership.ts";
import { type ToldConversation, toldConversation } from "./told-conversation.ts";

/** The page of a conversation in one rendering mode, for its members only. */
export function conversationView(
  mode: ModeName,
  context: ConversationContext,
): View<ConversationAssigns, ToldConversation> {
  const { [mode]: usual }: Readonly<Record<ModeName, ListMode>> = MODES;
  const list = usual.withDetails?.(annotatedDetails) ?? usual;
  const parts = { ...context, list };
  return defineView<ConversationAssigns, ToldConversation>({
    name: `conversation:${mode}`,
    mount: (socket, { id }, { token }) =>
      pipe(
        socket,
        assignMe(context.sessions, token),
        assignPage(mode),
        enterConversation(context, id),
        listConversations(context),
        showLast(parts),
      ),
    handleEvent: (socket, event) => pipe(socket, checkMembership(context), conversationEvent(parts, event)),
    handleInfo: (socket, event) => pipe(socket, toldConversation(parts, event)),
    render: (assigns) => renderConversation(assigns, list.render(assigns, assigns.me, annotatedDetails)),
  });
}

const assignPage =
  (mode: ModeName): ConversationStep =>
  (socket) =>
    socket.assign({
      mode,
      limit: null,
      prefix: socket.uri?.pathname.replace(/\/conversations\/.*/, "") ?? "",
    });
