import type { Failure } from "../core/checks.ts";
import type { Difference } from "./compare-lists.ts";
import { messageIdOf } from "./expected-window.ts";
import type { ReferenceDatabase } from "./reference-database.ts";

/** What a difference is told with: the room it is in, and who knows where messages belong. */
export interface DifferenceContext {
  readonly roomId: number;
  /** Null where nobody knows. */
  readonly database: Pick<ReferenceDatabase, "placeOf" | "roomName"> | null;
}

/** The part of a failure that a difference between two lists gives. */
export type DescribedDifference = Required<
  Pick<Failure, "expected" | "actual" | "item" | "index" | "message">
>;

/** The longest text of an item that is told in full, in characters. */
export const TOLD_TEXT = 160;

/** Puts a difference into words, naming the first wrong item. */
export async function describeDifference(
  difference: Difference,
  context: DifferenceContext,
): Promise<DescribedDifference> {
  const { index, id } = difference;
  const told = (expected: string, actual: string, message: string): DescribedDifference => ({
    expected,
    actual,
    item: id,
    index,
    message,
  });
  switch (difference.kind) {
    case "missing":
      return told(
        id,
        itemOrEnd(difference.got),
        `${id} is missing at index ${index}${await whereabouts(id, context)}`,
      );
    case "unexpected":
      return told(
        itemOrEnd(difference.expected),
        id,
        `${id} at index ${index} should not be there${await whereabouts(id, context)}`,
      );
    case "duplicate":
      return told(
        itemOrEnd(difference.expected),
        id,
        `${id} is there twice, the second time at index ${index}`,
      );
    case "out-of-order":
      return told(
        difference.expected,
        id,
        `out of order: ${id} at index ${index}, where ${difference.expected} should be`,
      );
    case "reversed":
      return told(
        difference.expected,
        id,
        `out of order: ${difference.length} items from index ${index} on are in reverse, ` +
          `${id} comes first and ${difference.expected} should`,
      );
    case "different": {
      const [expected, actual] = tellApart(difference.expected, difference.got);
      return told(
        expected,
        actual,
        `different text in field ${difference.part} of ${id} at index ${index}: expected ${expected}, got ${actual}`,
      );
    }
    default:
      return difference satisfies never;
  }
}

function itemOrEnd(id: string | undefined): string {
  return id ?? "the end of the list";
}

/** Where a message is that should be elsewhere, or that should be there: from the database. */
async function whereabouts(domId: string, { roomId, database }: DifferenceContext): Promise<string> {
  const messageId = messageIdOf(domId);
  if (messageId === undefined || database === null) return "";
  const place = await database.placeOf(messageId);
  if (!place) return `: message ${messageId} is not in the database (deleted, or never stored)`;
  if (place.roomId === roomId) return "";
  const here = await database.roomName(roomId);
  return `: message ${messageId} of room ${place.roomId} ${JSON.stringify(place.roomName)} in room ${roomId} ${JSON.stringify(here ?? "")}`;
}

/**
 * Two texts in quotes; long ones from shortly before the first character in which they differ, so that the
 * difference is to be seen.
 */
function tellApart(expected: string | undefined, actual: string | undefined): [string, string] {
  const [one, other] = [[...(expected ?? "")], [...(actual ?? "")]];
  const differAt = one.findIndex((character, at) => character !== other[at]);
  const from = Math.max(0, (differAt === -1 ? one.length : differAt) - TOLD_TEXT / 2);
  const tell = (text: string | undefined, characters: readonly string[]) => {
    if (text === undefined) return "nothing";
    if (characters.length <= TOLD_TEXT) return JSON.stringify(text);
    const to = Math.min(characters.length, from + TOLD_TEXT);
    const before = from > 0 ? "…" : "";
    const after = to < characters.length ? "…" : "";
    return JSON.stringify(`${before}${characters.slice(from, to).join("")}${after}`);
  };
  return [tell(expected, one), tell(actual, other)];
}
