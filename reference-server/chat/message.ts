import { z } from "zod";

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
}

/** The longest message, in UTF-16 code units. */
export const MAX_CONTENT_LENGTH = 10_000;

/** What a message may say: not blank, not endless, and no U+0000, which PostgreSQL cannot store. */
export const messageContent = z
  .string()
  .max(MAX_CONTENT_LENGTH)
  .refine((content) => content.trim() !== "" && !content.includes("\0"));
