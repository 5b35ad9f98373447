import type { Micros } from "../core/units.ts";
import type { Send } from "../oracle/room-membership.ts";
import type { Authorship } from "./authorship.ts";
import type { Member } from "./member.ts";
import type { MessageTexts } from "./message-text.ts";
import type { Roster } from "./roster.ts";
import type { Sequences } from "./sequences.ts";

/** The users of one process, and what is known of what they did. */
export interface Cast {
  readonly members: readonly Member[];
  readonly roster: Roster;
  readonly authorship: Authorship;
  readonly texts: MessageTexts;
  readonly sequences: Sequences;
  /** Told of each message that was sent, once it was answered or given up. */
  readonly sent: (send: Send) => void;
  /** Told when the author of a message was answered. */
  readonly answered: (message: {
    readonly dueUs: Micros;
    readonly startUs: Micros;
    readonly ackUs: Micros;
  }) => void;
  /** Told of each deletion before it is asked for: a frame that takes an item away carries no text that could tell. */
  readonly deleting: (itemId: string, dueUs: Micros, startUs: Micros) => void;
}
