import type { Messages } from "../../chat/messages.ts";
import { defineLiveComponent, live } from "../../live/live-component.ts";
import { pipe } from "../../live/pipeline.ts";
import type { LiveSlot } from "../../live/slots.ts";
import { type MessageFormRefs, messageFormElement } from "./message-form.ts";
import { send, validateDraft, type WritingAssigns } from "./writing.ts";

interface FormAssigns extends WritingAssigns {
  readonly myself: number;
}

/**
 * The form as a live component: what is wrong with a draft is its own state, and validating or sending it renders nothing
 * else. It is one for all rooms: of one whose element goes on as that of another component, the client does not say that it
 * is gone.
 */
export function liveMessageForm(messages: Messages): (attributes: MessageFormRefs) => LiveSlot {
  const form = defineLiveComponent<FormAssigns, Pick<WritingAssigns, "room" | "me">>({
    name: "message-form",
    update(socket, { room, me }) {
      if (socket.assigns.room?.id !== room.id) socket.assign({ draftProblem: "" });
      socket.assign({ room, me });
    },
    handleEvent(socket, event) {
      if (event.type !== "form") return socket;
      if (event.name === "validate") return pipe(socket, validateDraft(event.form));
      if (event.name === "send") return pipe(socket, send({ messages }, event.form));
      return socket;
    },
    render: ({ room, me, draftProblem, myself }) =>
      messageFormElement({ room, me, problem: draftProblem }, myself),
  });
  return ({ room, me }) => live(form, { id: "message-form", room, me });
}
