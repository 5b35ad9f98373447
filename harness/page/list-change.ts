import type { Item } from "./item.ts";

/** What one frame did to the list. Ids are DOM ids; arrays are empty where nothing of the kind happened. */
export interface ListChange {
  readonly before: readonly Item[];
  readonly after: readonly Item[];
  /** The `sampleOf` each id in `after`; null where they were not at hand. */
  readonly samples: readonly number[] | null;
  /** New on the page, in page order. */
  readonly inserted: readonly string[];
  /** There before and after, with another content, or sent again by a stream. */
  readonly updated: readonly string[];
  /** Of those that were updated, the ones that a stream sent again exactly as they were. */
  readonly repeated: readonly string[];
  /** Gone because the server said so. */
  readonly removed: readonly string[];
  /** Gone because a stream's limit pushed them out. */
  readonly pruned: readonly string[];
  /** There before and after, but in another order relative to the others. */
  readonly moved: readonly string[];
  /** Whether a stream was told to start anew. */
  readonly reset: boolean;
  /** Where the inserted items stand. */
  readonly position: Position;
}

/** Where inserted items stand: they are the whole list, its first, its last items, neither, or none. */
export type Position = "none" | "all" | "front" | "back" | "middle";

const NONE: readonly string[] = [];

/** That nothing happened to the list. */
export function noChange(items: readonly Item[]): ListChange {
  return {
    before: items,
    after: items,
    samples: null,
    inserted: NONE,
    updated: NONE,
    repeated: NONE,
    removed: NONE,
    pruned: NONE,
    moved: NONE,
    reset: false,
    position: "none",
  };
}

/** Whether the frame left the list as it was. */
export function isUnchanged(change: ListChange): boolean {
  const { inserted, updated, removed, pruned, moved, reset } = change;
  return !reset && inserted.length + updated.length + removed.length + pruned.length + moved.length === 0;
}

/**
 * The change between two states of a list that carries no operations of its own. What a user cannot see is no
 * change: a list that is tracked by index has its entries rewritten where its items only moved along.
 */
export function compareLists(before: readonly Item[], after: readonly Item[]): ListChange {
  const shorter = Math.min(before.length, after.length);
  let front = 0;
  while (front < shorter && isSame(before[front] as Item, after[front] as Item)) front++;
  let back = 0;
  const fromBack = (list: readonly Item[]) => list[list.length - 1 - back] as Item;
  while (back < shorter - front && isSame(fromBack(before), fromBack(after))) back++;
  if (front === before.length && front === after.length) return noChange(after);

  const former = new Map<string, number>();
  for (let i = front; i < before.length - back; i++) former.set((before[i] as Item).id, i);
  const inserted: string[] = [];
  const updated: string[] = [];
  const kept: number[] = [];
  for (let i = front; i < after.length - back; i++) {
    const item = after[i] as Item;
    const index = former.get(item.id);
    if (index === undefined) {
      inserted.push(item.id);
      continue;
    }
    former.delete(item.id);
    if (!isSame(before[index] as Item, item)) updated.push(item.id);
    kept.push(index);
  }
  const moved = outOfOrder(kept).map((index) => (before[index] as Item).id);
  const removed = [...former.keys()];
  const position = positionOf(inserted, after);
  const ofStream = { repeated: NONE, pruned: NONE, reset: false };
  return { before, after, samples: null, inserted, updated, removed, moved, position, ...ofStream };
}

/** Whether two items look the same. Mostly they are one object: see `RowReader`. */
function isSame(a: Item, b: Item): boolean {
  if (a === b) return true;
  if (a.id !== b.id || a.text !== b.text) return false;
  const names = Object.keys(a.fields);
  return (
    names.length === Object.keys(b.fields).length && names.every((name) => a.fields[name] === b.fields[name])
  );
}

/**
 * The fewest numbers to take out so that the rest ascends: those outside of a longest ascending subsequence
 * (patience sorting; Fredman, "On computing the length of longest increasing subsequences", 1975).
 */
function outOfOrder(numbers: readonly number[]): readonly number[] {
  if (numbers.every((number, i) => i === 0 || (numbers[i - 1] as number) < number)) return [];
  // tails[n]: position of the smallest number that ends an ascending run of n+1; before[i]: its predecessor.
  const tails: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, i) => {
    const found = tails.findIndex((tail) => (numbers[tail] as number) >= number);
    const length = found === -1 ? tails.length : found;
    before[i] = length === 0 ? -1 : (tails[length - 1] as number);
    tails[length] = i;
  });
  const ascending = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i !== -1; i = before[i] as number) ascending.add(i);
  return numbers.filter((_, i) => !ascending.has(i));
}

/** Where in the list the inserted ids stand, which are given in page order. */
export function positionOf(inserted: readonly string[], list: readonly Item[]): Position {
  const count = inserted.length;
  if (count === 0) return "none";
  if (count === list.length) return "all";
  if (inserted.every((id, i) => list[list.length - count + i]?.id === id)) return "back";
  if (inserted.every((id, i) => list[i]?.id === id)) return "front";
  return "middle";
}
