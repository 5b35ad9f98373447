import type { Path } from "./path.ts";
import type { Entry, Rendered, Slot, Statics, StreamOperations } from "./rendered.ts";

/**
 * A payload that changes a tree, parsed once and shared by all users to whom it was sent: immutable.
 * Templates are resolved and statics interned.
 */
export interface Diff {
  /** The event of the frame that it came in, for errors. */
  readonly event: string;
  /** Changes of the root template, or a new one (a join always brings that); null if it stays. */
  readonly root: Rendered | SlotsDiff | null;
  readonly components: readonly ComponentDiff[];
  /** The components that new slots refer to: each must be there after the diff. */
  readonly references: readonly ComponentReference[];
  /** `[name, payload]` for each event pushed to hooks. */
  readonly events: readonly (readonly [name: string, payload: unknown])[];
  readonly title: string | null;
  /** What a reply's event was answered with; undefined where nothing was. */
  readonly reply: unknown;
}

/** A slot that holds a component. */
export interface ComponentReference {
  readonly cid: number;
  /** Where in the payload this stands, for errors. */
  readonly path: Path | null;
}

/** What becomes of one slot: a new value as a whole, or a change of the one that it has. */
export type SlotDiff = Slot | SlotsDiff | ListDiff;

/** Changes of some slots of a template or of an entry. */
export interface SlotsDiff {
  readonly kind: "slots";
  /** Where in the payload this stands, for errors. */
  readonly path: Path | null;
  readonly indices: readonly number[];
  /** What becomes of the slot at the index of the same position in `indices`. */
  readonly values: readonly SlotDiff[];
  /** The whole entry, if this gives every slot up to its last one as a whole: all who get it share one. */
  readonly entry: Entry | null;
  readonly mayHoldComponents: boolean;
  readonly mayHoldStreams: boolean;
}

/** Changes of a comprehension whose statics stay. */
export interface ListDiff {
  readonly kind: "list";
  readonly path: Path | null;
  /** How many entries there are afterwards. */
  readonly count: number;
  /** By ascending index; an entry that none of them names stays. */
  readonly changes: readonly EntryChange[];
  readonly stream: StreamOperations | null;
  readonly mayHoldStreams: boolean;
  /** Its place among all list diffs that were parsed. */
  readonly serial: number;
}

/** The entry at `index` is the former one at `from` (or at `index` itself), with `diff` applied. */
export interface EntryChange {
  readonly index: number;
  /** Null: the former entry at `index`, or a new one. */
  readonly from: number | null;
  readonly diff: SlotsDiff | null;
}

/** What becomes of one component. */
export type ComponentDiff =
  /** A new template, with all of its slots. */
  | { readonly kind: "replace"; readonly cid: number; readonly rendered: Rendered }
  /** Changes of the component as it was. */
  | { readonly kind: "change"; readonly cid: number; readonly diff: SlotsDiff }
  /** Changes of another component: one of this diff (`base` > 0), or one as it was before (-`base`). */
  | { readonly kind: "share"; readonly cid: number; readonly base: number; readonly diff: SlotsDiff };

/** Whether a comprehension or template in a slot is there as a whole. */
export function isWhole(value: SlotDiff): value is Slot {
  return typeof value !== "object" || value.kind === "rendered" || value.kind === "comprehension";
}

/** A fact about statics that errors need: how many slots they have room for. */
export const slotCount = (statics: Statics): number => statics.length - 1;

/** The entries that a change brings as a whole, in lists that stay. */
export function* newEntriesIn(value: SlotDiff | null): Iterable<Entry> {
  if (value === null || typeof value !== "object") return;
  if (value.kind === "slots") for (const inner of value.values) yield* newEntriesIn(inner);
  if (value.kind !== "list") return;
  for (const { diff } of value.changes) if (diff?.entry) yield diff.entry;
}
