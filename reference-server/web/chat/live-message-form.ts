import type { Messages } from "../../chat/messages.ts";
import { defineLiveComponent, live } from "../../live/live-component.ts";
import { pipe, type Step } from "../../live/pipeline.ts";
import type { LiveSlot } from "../../live/slots.ts";
import type { Socket } from "../../live/socket.ts";
import type { ClientEvent } from "../../live/view.ts";
import type { ChatParts } from "./chat-assigns.ts";
import { type MessageFormRefs, messageFormElement } from "./message-form.ts";
import { send, validateDraft, type WritingAssigns } from "./writing.ts";

interface FormAssigns extends WritingAssigns {
  readonly myself: number;
  readonly onBlur: string | null;
}

/** What the form tells the view around it: somebody writes, or has sent. */
export interface DraftEvent {
  readonly kind: "draft_event";
  readonly event: ClientEvent;
}

type FormStep = (parts: Pick<ChatParts, "messages">, form: URLSearchParams) => Step<Socket<FormAssigns>>;

const STEPS: Readonly<Record<string, FormStep>> = {
  validate: (_parts, form) => validateDraft(form),
  recover_draft: (_parts, form) => validateDraft(form),
  send,
};

/**
 * The form as a live component: what is wrong with a draft is its own state, and validating or sending it renders nothing
 * else. It is one for all rooms: of one whose element goes on as that of another component, the client does not say that it
 * is gone.
 */
export function liveMessageForm(messages: Messages): (attributes: MessageFormRefs) => LiveSlot {
  const form = defineLiveComponent<FormAssigns, Pick<FormAssigns, "room" | "me" | "onBlur">>({
    name: "message-form",
    update(socket, { room, me, onBlur }) {
      if (socket.assigns.room?.id !== room.id) socket.assign({ draftProblem: "" });
      socket.assign({ room, me, onBlur });
    },
    handleEvent(socket, event) {
      const step = event.type === "form" && Object.hasOwn(STEPS, event.name) ? STEPS[event.name] : undefined;
      if (step === undefined || event.type !== "form") return socket;
      socket.tellView({ kind: "draft_event", event } satisfies DraftEvent);
      return pipe(socket, step({ messages }, event.form));
    },
    render: ({ room, me, draftProblem, onBlur, myself }) =>
      messageFormElement({ room, me, problem: draftProblem, onBlur }, myself),
  });
  return ({ room, me, onBlur }) => live(form, { id: "message-form", room, me, onBlur });
}
