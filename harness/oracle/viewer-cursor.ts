import type { MessageHistory } from "./reference-database.ts";

/**
 * How far back a viewer has loaded, as the harness reckons it: from what the viewer did and from the database,
 * never from what the server showed. A message that is deleted does not move it.
 */
export interface ViewerCursor {
  readonly roomId: number;
  /** The oldest message loaded: the viewer should see the room's messages from this id on. Null where no database tells. */
  readonly oldestId: number | null;
  /** Messages at mount, and in a page of history. */
  readonly pageSize: number;
  /** The most messages that the page keeps: it forgets the oldest. Null: it keeps all that it has loaded. */
  readonly limit: number | null;
}

/**
 * The cursor of a viewer that mounts now: the last page of the room. In an empty room, whatever comes.
 *
 * @param history null where nobody knows what is stored
 */
export async function cursorAtMount(
  history: MessageHistory | null,
  roomId: number,
  { pageSize, limit }: Pick<ViewerCursor, "pageSize" | "limit">,
): Promise<ViewerCursor> {
  const oldestId = history === null ? null : ((await history.oldestOfLast(roomId, pageSize)) ?? 0);
  return { roomId, oldestId, pageSize, limit };
}

/** The cursor after the viewer has loaded a page of history more. At the room's beginning it stays. */
export async function cursorAfterPage(
  history: MessageHistory | null,
  cursor: ViewerCursor,
): Promise<ViewerCursor> {
  const { roomId, oldestId, pageSize } = cursor;
  if (history === null || oldestId === null) return cursor;
  return { ...cursor, oldestId: (await history.oldestBefore(roomId, oldestId, pageSize)) ?? oldestId };
}
