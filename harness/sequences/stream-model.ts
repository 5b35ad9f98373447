import type { ListOperation, SequenceItem } from "./sequence.ts";

/** A child of a stream's container: an item, or the element that is none. */
export type StreamChild = SequenceItem | typeof BYSTANDER;

/** The element that is no item. */
export const BYSTANDER = Symbol("bystander");

/** An insert of an item that its stream has not rendered yet. */
interface Insert {
  readonly item: SequenceItem;
  readonly at: number;
  readonly limit: number | null;
  readonly updateOnly: boolean;
}

/**
 * The children of a stream's container after one render.
 *
 * Whatever the order of the operations, a reset and deletes come first. Then each item once, the place of its last insert
 * in the order of inserts: one that is on the page is changed where it is; another comes where its *first* insert of the
 * render says, and prunes the container to that insert's limit, bystander included. What was pruned before its turn stays away.
 *
 * Source: `Phoenix.LiveView.LiveStream`, and `Phoenix.LiveView.stream/4` for `at`, `limit`, `update_only`; `DOMPatch` in
 * dom_patch.ts, where of several inserts of one id the last of the array wins, which is the first that was made.
 */
export function renderedStream(
  children: readonly StreamChild[],
  operations: readonly ListOperation[],
  bystander: boolean,
): readonly StreamChild[] {
  const inserts = operations.flatMap(insertsOf);
  const resets = operations.some(({ kind }) => kind === "reset");
  const deleted = operations.flatMap((operation) => (operation.kind === "delete" ? [operation.id] : []));
  const isTaken = (child: StreamChild) => child !== BYSTANDER && (resets || deleted.includes(child.id));
  const taken = children.filter(isTaken);
  const now = children.filter((child) => !isTaken(child));
  const wasThere = [...now];

  const last = inserts.filter(({ item }, index) => inserts.findLastIndex(isOf(item)) === index);
  for (const { item } of last) {
    const { at, limit, updateOnly } = inserts.find(isOf(item)) as Insert;
    const index = now.findIndex(hasId(item));
    if (index !== -1) now[index] = item;
    else if (wasThere.some(hasId(item))) continue;
    else if (!updateOnly || taken.some(hasId(item))) {
      place(now, item, at);
      if (limit !== null) prune(now, limit);
    }
  }
  // Pruned in an earlier render it is put back, but not in the one that prunes it.
  if (bystander && !now.includes(BYSTANDER) && !wasThere.includes(BYSTANDER)) now.push(BYSTANDER);
  return now;
}

/** The children after a join: the items of a stream that is defined anew, one after the other. */
export function joinedStream(
  items: readonly SequenceItem[],
  limit: number | undefined,
  bystander: boolean,
): readonly StreamChild[] {
  const all = { kind: "insertAll", items, at: -1, ...(limit !== undefined && { limit }) } as const;
  return renderedStream([], [all], bystander);
}

function insertsOf(operation: ListOperation): readonly Insert[] {
  switch (operation.kind) {
    case "insert": {
      const { item, at, limit = null, updateOnly = false } = operation;
      return [{ item, at, limit, updateOnly }];
    }
    case "insertAll":
      return operation.items.map((item) => {
        const { at, limit = null } = operation;
        return { item, at, limit, updateOnly: false };
      });
    case "reset":
      return operation.items.map((item) => ({ item, at: -1, limit: null, updateOnly: false }));
    case "delete":
      return [];
    default:
      return operation satisfies never;
  }
}

/** -1 is behind the items, an index beyond the end behind everything. */
function place(children: StreamChild[], item: SequenceItem, at: number): void {
  const isBehind = children.at(-1) === BYSTANDER;
  if (at === -1) children.splice(isBehind ? children.indexOf(BYSTANDER) : children.length, 0, item);
  else children.splice(at, 0, item);
}

/** Takes away what is beyond a limit. */
function prune(children: StreamChild[], limit: number): void {
  const excess = children.length - Math.abs(limit);
  if (excess > 0) children.splice(limit < 0 ? 0 : limit, excess);
}

const hasId =
  ({ id }: SequenceItem) =>
  (child: StreamChild): boolean =>
    child !== BYSTANDER && child.id === id;

const isOf =
  ({ id }: SequenceItem) =>
  ({ item }: Insert): boolean =>
    item.id === id;
