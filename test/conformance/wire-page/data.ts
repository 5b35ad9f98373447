import { WORDS } from "./words.ts";

/** A message of the recorded chat. */
export interface Message {
  readonly id: number;
  readonly sender_email: string;
  readonly content: string;
  /** ISO 8601 in UTC, to the second. */
  readonly inserted_at: string;
  readonly edited: boolean;
}

/** The ids of new messages follow this one. */
export const LAST_SEEDED_ID = 900_000;

/** When the message with this id was written: seven seconds after the one before it. */
export function insertedAt(id: number): string {
  return new Date(Date.UTC(2024, 0, 1) + 7000 * id).toISOString().replace(".000Z", "Z");
}

/** The messages that a room starts with. Source: `test/fixtures/wire/README.md`, "The data". */
export function seededMessages(roomId: number, count: number): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const position = index + 1;
    const id = roomId * 100_000 + position;
    return {
      id,
      sender_email: `user${((7 * position) % 6) + 1}@example.com`,
      content: text(id),
      inserted_at: insertedAt(id),
      edited: false,
    };
  });
}

function text(id: number): string {
  const count = 4 + ((7919 * id) % 12);
  return Array.from({ length: count }, (_, index) => {
    const k = index + 1;
    return WORDS[(31 * id + 17 * k * k + k * id) % WORDS.length];
  }).join(" ");
}
