import { z } from "zod";
import type { User } from "../../chat/accounts.ts";
import { displayTitle, MAX_MEMBERS, MAX_TITLE_LENGTH } from "../../chat/conversation.ts";
import {
  type DashboardContext,
  type DashboardSocket,
  type DashboardStep,
  type Draft,
  NOTHING_BEGUN,
} from "./dashboard-assigns.ts";

/** What the fields of the forms are called. */
export const QUERY_FIELD = "contact[name]";
export const TITLE_FIELD = "conversation[title]";
export const MEMBER_FIELD = "conversation[member_ids][]";

const id = z.coerce.number().int().positive();
const target = z.object({ id });
/** What the hook kept of the form. */
const kept = z.object({ title: z.string(), memberIds: z.array(z.unknown()) });
const ids = (values: readonly unknown[]): number[] =>
  values.slice(0, MAX_MEMBERS).flatMap((value) => id.safeParse(value).data ?? []);

/** A title that is too long stays so, for its author to be told; what is beyond that nobody needs to keep. */
const keptTitle = (title: string): string => title.slice(0, MAX_TITLE_LENGTH + 1);
/** The longest text that somebody is looked for by, in UTF-16 code units: no nickname is as long. */
const MAX_QUERY_LENGTH = 100;

const drafted = (socket: DashboardSocket, changes: Partial<Draft>): DashboardSocket =>
  socket.assign({ draft: { ...socket.assigns.draft, ...changes } });

/** Looks for people by what is typed, but for those who are in the conversation already. */
export const find =
  ({ contacts }: DashboardContext, given: string): DashboardStep =>
  async (socket) => {
    const { me, draft } = socket.assigns;
    const query = given.slice(0, MAX_QUERY_LENGTH);
    const inIt = [me, ...draft.contacts].map((user) => user.id);
    return socket.assign({ query, found: await contacts.find(query, inIt) });
  };

/** Takes somebody into the conversation, if there is such a person: once, and never whoever makes it. */
export const add =
  ({ contacts }: DashboardContext, value: unknown): DashboardStep =>
  async (socket) => {
    const { me, draft } = socket.assigns;
    const [contact] = await contacts.withIds(ids([target.safeParse(value).data?.id]));
    if (contact === undefined || !fits(contact, me, draft)) return socket;
    drafted(socket, { contacts: [...draft.contacts, contact] });
    return socket.assign({ query: "", found: [] }).pushEvent("contact_added", {});
  };

/** Takes in the first of those who are found by what is typed: it may not have been looked for yet. */
export const addFirst =
  (context: DashboardContext, query: string): DashboardStep =>
  async (socket) => {
    await find(context, query)(socket);
    return add(context, socket.assigns.found[0])(socket);
  };

/** Leaves somebody out again. */
export const leaveOut =
  (value: unknown): DashboardStep =>
  (socket) => {
    const left = target.safeParse(value).data?.id;
    return drafted(socket, {
      contacts: socket.assigns.draft.contacts.filter((contact) => contact.id !== left),
    });
  };

/** Keeps the title as it is typed, so that no render takes it away. */
export const entitle =
  (form: URLSearchParams): DashboardStep =>
  (socket) =>
    drafted(socket, { title: keptTitle(form.get(TITLE_FIELD) ?? "") });

/** Takes up a conversation again that was half made before a cut, from what its form held: all of it is checked anew. */
export const restore =
  ({ contacts }: DashboardContext, title: string, memberIds: readonly unknown[]): DashboardStep =>
  async (socket) => {
    const others = ids(memberIds).filter((memberId) => memberId !== socket.assigns.me.id);
    return drafted(socket, { title: keptTitle(title), contacts: await contacts.withIds(others) });
  };

/** As {@link restore}, from the form itself: what the client sends of a form with `phx-auto-recover`. */
export const restoreForm = (context: DashboardContext, form: URLSearchParams): DashboardStep =>
  restore(context, form.get(TITLE_FIELD) ?? "", form.getAll(MEMBER_FIELD));

/** As {@link restore}, from what the hook kept. */
export function restoreState(context: DashboardContext, value: unknown): DashboardStep {
  const state = kept.safeParse(value).data;
  return state === undefined ? (socket) => socket : restore(context, state.title, state.memberIds);
}

/** Makes the conversation: its owner is whoever is logged in, its members are those who were added. */
export const create =
  ({ conversations }: DashboardContext, form: URLSearchParams): DashboardStep =>
  async (socket) => {
    const { me, draft } = socket.assigns;
    const title = form.get(TITLE_FIELD) ?? "";
    const memberIds = draft.contacts.map((contact) => contact.id);
    const creation = await conversations.create(me, { title, memberIds });
    switch (creation.kind) {
      case "created": {
        const name = displayTitle(creation.conversation, me);
        socket.clearFlash("error").putFlash("info", `The conversation “${name}” is there.`);
        return socket.assign(NOTHING_BEGUN).pushEvent("conversation_created", {});
      }
      case "refused":
        return drafted(socket, { title: keptTitle(title) }).putFlash(
          "error",
          `Not made: ${creation.problem}.`,
        );
      default:
        return creation satisfies never;
    }
  };

function fits(contact: User, me: User, { contacts }: Draft): boolean {
  if (contact.id === me.id || contacts.some((other) => other.id === contact.id)) return false;
  return contacts.length + 1 < MAX_MEMBERS;
}
