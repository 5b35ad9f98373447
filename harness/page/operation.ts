import { isUnchanged, type ListChange } from "./list-change.ts";

/**
 * What a frame did to the list, told from the list alone, so that it holds for any server. `mixed`: more than
 * one thing at once; `other`: the frame changed something else on the page (a draft, who is typing).
 */
export type ListOperation = "insert" | "update" | "delete" | "prepend" | "reset" | "mixed" | "other";

const { sign } = Math;

/**
 * Names the change of a list.
 *
 * - `prepend`: new items in front of the ones that were there; `insert`: anywhere else. What a stream's limit
 *   pushed out on the way does not count.
 * - `reset`: a stream that starts anew; without streams, a list that loses more than one item and at least
 *   half of them, or all that it had.
 */
export function classifyOperation(change: ListChange): ListOperation {
  if (isUnchanged(change)) return "other";
  const { before, inserted, updated, removed, moved } = change;
  if (change.reset) return "reset";
  const most = removed.length > 1 && removed.length * 2 >= before.length;
  if (most && inserted.length === 0 && moved.length === 0) return "reset";
  if (removed.length > 0 && removed.length === before.length && inserted.length > 0) return "reset";

  const kinds = sign(inserted.length) + sign(updated.length) + sign(removed.length) + sign(moved.length);
  if (kinds > 1) return "mixed";
  if (inserted.length > 0) return change.position === "front" ? "prepend" : "insert";
  if (updated.length > 0) return "update";
  if (removed.length > 0) return "delete";
  // Items that only moved, or were only pruned: no operation of a chat does that.
  return "mixed";
}
