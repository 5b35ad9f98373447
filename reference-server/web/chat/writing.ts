import { z } from "zod";
import { draftProblem, type Message, messageContent } from "../../chat/message.ts";
import type { Socket } from "../../live/socket.ts";
import type { ChatAssigns, ChatParts, ChatSocket, ChatStep } from "./chat-assigns.ts";

/** Where a message is written, by whom: what the form's own state is made of, be it the page's or that of a component. */
export type WritingAssigns = Pick<ChatAssigns, "room" | "me" | "draftProblem">;
type WritingSocket = Socket<WritingAssigns>;

/** What the fields of both forms are called. */
export const CONTENT_FIELD = "message[content]";

const target = z.object({ id: z.coerce.number().int().positive() });
const keyPress = z.object({ value: z.string() });

const contentOf = (form: URLSearchParams): string => form.get(CONTENT_FIELD) ?? "";

/** Says what is wrong with a message while it is written. */
export const validateDraft =
  (form: URLSearchParams) =>
  <S extends WritingSocket>(socket: S): S =>
    socket.assign({ draftProblem: draftProblem(contentOf(form)) });

/** Writes a message: as whoever is logged in, in the room that the page is at, whatever the form says. */
export const send =
  ({ messages }: Pick<ChatParts, "messages">, form: URLSearchParams) =>
  async <S extends WritingSocket>(socket: S): Promise<S> => {
    const content = messageContent.safeParse(contentOf(form));
    if (!content.success) return validateDraft(form)(socket);
    const written = await messages.create(socket.assigns.room.id, socket.assigns.me, content.data);
    if (written === undefined) return socket.putFlash("error", "Nothing can be written here any more.");
    return socket.assign({ draftProblem: "" }).pushEvent("message_sent", {});
  };

/** Opens the editor for one's own message of the room. */
export const edit =
  (parts: ChatParts, value: unknown): ChatStep =>
  async (socket) =>
    socket.assign({ editing: (await own(parts, socket, value)) ?? null });

/** Opens the editor for the last message that one wrote in the room: a key that is pressed while nothing is written yet. */
export const editLast =
  ({ messages }: ChatParts, value: unknown): ChatStep =>
  async (socket) => {
    if (keyPress.parse(value).value !== "") return socket;
    return socket.assign({
      editing: (await messages.lastOwn(socket.assigns.room.id, socket.assigns.me)) ?? null,
    });
  };

/** Closes the editor. */
export const cancelEdit: ChatStep = (socket) => socket.assign({ editing: null });

/** Changes the message that the editor is open for, if it is still there. What cannot be said is said to be so. */
export const saveEdit =
  (parts: ChatParts, form: URLSearchParams): ChatStep =>
  async (socket) => {
    const content = messageContent.safeParse(contentOf(form));
    if (!content.success) {
      const problem = draftProblem(contentOf(form));
      return problem === "" ? socket : socket.putFlash("error", problem);
    }
    const message = await own(parts, socket, socket.assigns.editing);
    if (message !== undefined) await parts.messages.update(message, content.data);
    return cancelEdit(socket);
  };

/** Deletes one's own message of the room. */
export const remove =
  (parts: ChatParts, value: unknown): ChatStep =>
  async (socket) => {
    const message = await own(parts, socket, value);
    if (message !== undefined) await parts.messages.delete(message);
    return socket;
  };

async function own(
  { messages }: ChatParts,
  socket: ChatSocket,
  value: unknown,
): Promise<Message | undefined> {
  const named = target.safeParse(value);
  return named.success ? messages.own(socket.assigns.room.id, socket.assigns.me, named.data.id) : undefined;
}
