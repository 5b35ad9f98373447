/** What one may react with. */
export const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🎉"] as const;

/** See {@link EMOJI}. */
export type Emoji = (typeof EMOJI)[number];

/** Whether a text is an emoji that one may react with. */
export function isEmoji(text: string): text is Emoji {
  return (EMOJI as readonly string[]).includes(text);
}

/** That somebody has seen a message. */
export interface Sight {
  readonly userId: number;
  readonly name: string;
  /** ISO 8601 in UTC, to the second. */
  readonly seenAt: string;
}

/** What a conversation shows of a message beside the message itself. */
export interface Annotations {
  /** By whom it was seen, first ones first. */
  readonly seenBy: readonly Sight[];
  /** The ids of those who reacted with each of {@link EMOJI}, in the order of these. */
  readonly reactions: readonly { readonly emoji: Emoji; readonly userIds: readonly number[] }[];
}
