import { z } from "zod";
import type { Annotations } from "./annotations.ts";
import { isStorable } from "./store/storable.ts";

/** A message as views hold it. Plain data: it is copied to every view that it is broadcast to. */
export interface Message {
  readonly id: number;
  readonly roomId: number;
  readonly senderId: number;
  readonly senderName: string;
  readonly content: string;
  /** ISO 8601 in UTC, to the second. */
  readonly insertedAt: string;
  readonly edited: boolean;
  /** What members have made of it. Of a message in a public room nothing is known. */
  readonly annotations?: Annotations;
}

/** The longest message, in UTF-16 code units. */
export const MAX_CONTENT_LENGTH = 10_000;

/** What a message may say: not blank, not endless, and of characters that can be stored. */
export const messageContent = z
  .string()
  .refine((content) => content.trim() !== "" && draftProblem(content) === "");

/** What is wrong with a message that is being written, for its author to read; empty: nothing. A blank one is not finished. */
export function draftProblem(content: string): string {
  if (!isStorable(content)) return "A message cannot have the character U+0000.";
  if (content.length <= MAX_CONTENT_LENGTH) return "";
  const grouped = (count: number) => count.toLocaleString("en");
  return `A message has at most ${grouped(MAX_CONTENT_LENGTH)} characters; this one has ${grouped(content.length)}.`;
}
