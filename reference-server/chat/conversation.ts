import { z } from "zod";
import type { User } from "./accounts.ts";
import { isStorable } from "./store/storable.ts";

/** The longest title, in UTF-16 code units. */
export const MAX_TITLE_LENGTH = 100;
/** Who makes a conversation is one of them. */
export const MIN_MEMBERS = 2;
export const MAX_MEMBERS = 50;

/** What a conversation is called; null for nothing, which is what a blank text says. */
export const conversationTitle = z
  .string()
  .trim()
  .max(MAX_TITLE_LENGTH, `a title has at most ${MAX_TITLE_LENGTH} characters`)
  .refine(isStorable, "a title is text")
  .transform((title) => (title === "" ? null : title));

/** A conversation as views hold it. Plain data: it is copied to every view that it is broadcast to. */
export interface Conversation {
  /** The id of the room that its messages are in. */
  readonly id: number;
  /** Null where it goes by its members: see {@link displayTitle}. */
  readonly title: string | null;
  readonly ownerId: number;
  /** ISO 8601 in UTC, to the second; null while it is open. */
  readonly closedAt: string | null;
  /** In the order in which they have registered. */
  readonly members: readonly User[];
}

/** What a conversation is called for one of its members: its title, or else the nicknames of the others. */
export function displayTitle({ title, members }: Conversation, { id }: Pick<User, "id">): string {
  const others = members.filter((member) => member.id !== id);
  return title ?? others.map(({ name }) => name).join(", ");
}
