import type { Entry, Slot } from "../rendered.ts";

/** Whether two slots hold the same by value: texts, templates and all that is in them. Streams hold operations, which never are. */
export function sameSlot(a: Slot | undefined, b: Slot | undefined): boolean {
  if (a === b) return a !== undefined;
  if (typeof a !== "object" || typeof b !== "object" || a.statics !== b.statics) return false;
  if (a.kind === "rendered") return b.kind === "rendered" && sameSlots(a.slots, b.slots);
  if (b.kind !== "comprehension" || a.stream !== null || b.stream !== null) return false;
  return (
    a.entries.length === b.entries.length && a.entries.every((entry, at) => sameEntry(entry, b.entries[at]))
  );
}

/** Whether two entries of a comprehension hold the same by value. */
export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a === b ? a !== undefined : a !== undefined && b !== undefined && sameSlots(a.slots, b.slots);
}

function sameSlots(a: readonly Slot[], b: readonly Slot[]): boolean {
  return a.length === b.length && a.every((slot, at) => sameSlot(slot, b[at]));
}
