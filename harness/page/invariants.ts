import { countId } from "./id-samples.ts";
import type { ListChange } from "./list-change.ts";

/** Something that no frame may do to a list, whatever the list should hold. */
export interface Violation {
  readonly kind: "duplicate-id" | "update-moved" | "delete-left";
  /** The DOM id of the item in question. */
  readonly id: string;
}

const NONE: readonly Violation[] = [];

/**
 * The invariants of one frame: no id twice, no update that moves an item, no delete that leaves it. A reset
 * may move what it likes.
 */
export function checkInvariants(change: ListChange): readonly Violation[] {
  const { inserted, updated, removed, moved, after, samples } = change;
  if (inserted.length + removed.length + moved.length === 0) return NONE;
  const violations: Violation[] = [];
  // An id that is there twice was inserted a second time: nothing else has to be looked at.
  for (const id of inserted.length === 1 ? inserted : new Set(inserted)) {
    if (countId(after, id, samples) > 1) violations.push({ kind: "duplicate-id", id });
  }
  if (!change.reset && updated.length > 0 && moved.length > 0) {
    const both = updated.filter((id) => moved.includes(id));
    for (const id of both.length > 0 ? both : updated) violations.push({ kind: "update-moved", id });
  }
  for (const id of removed) {
    if (countId(after, id, samples) > 0) violations.push({ kind: "delete-left", id });
  }
  return violations;
}
