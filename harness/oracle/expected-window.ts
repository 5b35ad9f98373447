import type { ListItem } from "../core/list-item.ts";
import type { ReferenceDatabase, StoredMessage } from "./reference-database.ts";

/** What is known of an item from the database: its id and its parts, but not all the text around them. */
export type ExpectedItem = Omit<ListItem, "text">;

/** What a viewer should see at rest that has loaded the room back to the message `oldestId`. */
export async function expectedWindow(
  database: Pick<ReferenceDatabase, "messagesFrom">,
  roomId: number,
  oldestId: number,
): Promise<ExpectedItem[]> {
  return (await database.messagesFrom(roomId, oldestId)).map(expectedItem);
}

/** A stored message as the room page shows it. `edited` is there only on one that was. */
export function expectedItem({ id, sender, content, insertedAt, edited }: StoredMessage): ExpectedItem {
  return {
    id: `${DOM_ID_PREFIX}${id}`,
    fields: {
      sender,
      content,
      time: shownTime(insertedAt),
      ...(edited ? { edited: "(edited)" } : {}),
    },
  };
}

/** The id of the message that an element shows; undefined for an element of another kind. */
export function messageIdOf(domId: string): number | undefined {
  const digits = domId.startsWith(DOM_ID_PREFIX) ? domId.slice(DOM_ID_PREFIX.length) : "";
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

const DOM_ID_PREFIX = "messages-";

/** The room page shows `2024-01-01T08:30:00Z` as `2024-01-01 08:30`. */
function shownTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
