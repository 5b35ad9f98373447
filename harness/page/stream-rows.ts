import type { StreamInsert, StreamOperations } from "../protocol/rendered.ts";
import type { Row } from "./item.ts";

/** What a stream's operations did to the elements of its container. */
export interface StreamChange {
  readonly rows: readonly Row[];
  /** DOM ids of items, each in one of these at most. */
  readonly inserted: readonly string[];
  readonly updated: readonly string[];
  /** Of those that were updated, the ones that were sent again as they were. */
  readonly repeated: readonly string[];
  readonly removed: readonly string[];
  readonly pruned: readonly string[];
  /** Deleted and inserted again in one render. */
  readonly moved: readonly string[];
}

/**
 * Applies one render of a stream to the elements of its container, as the official client does: reset and
 * deletes first, then what was rendered, in order. What is there is changed in place; what is new goes where
 * its insert says and then prunes the container to its limit.
 *
 * Source: `DOMPatch` in dom_patch.ts (`perform`, `addChild`, `maybeReOrderStream`, `maybeLimitStream`) and
 * `morphChildren` in morphdom.
 *
 * @param rows the elements in the container so far
 * @param rendered the elements that the template renders now: the entries of the stream, with bystanders
 *   (elements that are no items) before and behind them
 */
export function applyStream(
  rows: readonly Row[],
  rendered: readonly Row[],
  operations: StreamOperations,
): StreamChange {
  // Inserts are sent newest first, and the official client lets later ones in the array win.
  const inserts = new Map<string, StreamInsert>();
  for (const insert of operations.inserts) inserts.set(insert.id, insert);

  const [kept, taken] = takeOut(rows, operations);
  const wasThere = lookUp(kept, rendered.length);
  const wasTaken = lookUp(taken, rendered.length);

  const container = new Container([...kept], inserts);
  for (const row of rendered) {
    if (wasThere(row.id)) container.replace(row);
    else if (inserts.get(row.id)?.updateOnly !== true || wasTaken(row.id)) container.add(row);
  }

  const { added, pruned } = container;
  const stayed = pruned.length === 0 ? added : added.filter(({ id }) => !pruned.includes(id));
  const again = lookUp(stayed, taken.length);
  const back = stayed.filter(({ id }) => wasTaken(id));
  return {
    rows: container.rows,
    inserted: idsOf(stayed.filter(({ id }) => !wasTaken(id))),
    updated: operations.reset
      ? idsOf(back.filter((row) => !taken.includes(row)))
      : container.replaced.filter((id) => !pruned.includes(id)),
    repeated: operations.reset ? [] : container.repeated.filter((id) => !pruned.includes(id)),
    removed: idsOf(taken.filter(({ id, item }) => item !== null && !again(id))),
    pruned: pruned.filter(wasThere),
    moved: operations.reset ? [] : idsOf(back),
  };
}

/** The elements that stay, and those that deletes and a reset take out, some of which may come back. */
function takeOut(
  rows: readonly Row[],
  { deletes, reset }: StreamOperations,
): [readonly Row[], readonly Row[]] {
  if (deletes.length === 0 && !reset) return [rows, []];
  const isTaken = (row: Row) => deletes.includes(row.id) || (reset && row.item !== null);
  return [rows.filter((row) => !isTaken(row)), rows.filter(isTaken)];
}

/** The element children of a stream's container while a render is applied. */
class Container {
  readonly rows: Row[];
  readonly added: Row[] = [];
  readonly replaced: string[] = [];
  readonly repeated: string[] = [];
  readonly pruned: string[] = [];
  readonly #inserts: ReadonlyMap<string, StreamInsert>;

  constructor(rows: Row[], inserts: ReadonlyMap<string, StreamInsert>) {
    this.rows = rows;
    this.#inserts = inserts;
  }

  replace(row: Row): void {
    const index = this.rows.findLastIndex(({ id }) => id === row.id);
    // An element that was pruned in this same render stays away: it is changed off the page.
    if (index === -1) return;
    const former = this.rows[index];
    this.rows[index] = row;
    if (row.item === null) return;
    this.replaced.push(row.id);
    if (former !== undefined && saysTheSame(former, row)) this.repeated.push(row.id);
  }

  add(row: Row): void {
    const insert = this.#inserts.get(row.id);
    if (insert === undefined) {
      this.rows.push(row);
      if (row.item !== null) this.added.push(row);
      return;
    }
    this.added.push(row);
    const { at, limit } = insert;
    if (at === -1) this.#addBehindItems(row);
    // An index beyond the end means behind everything, bystanders included.
    else if (at >= this.rows.length) this.rows.push(row);
    else this.rows.splice(at, 0, row);
    if (limit !== null) this.#prune(limit);
  }

  #addBehindItems(row: Row): void {
    const last = this.rows.at(-1);
    if (last === undefined || last.item !== null) this.rows.push(row);
    else this.rows.splice(this.rows.findIndex(isBystander), 0, row);
  }

  #prune(limit: number): void {
    const excess = this.rows.length - Math.abs(limit);
    if (excess <= 0) return;
    const pruned = limit < 0 ? this.rows.splice(0, excess) : this.rows.splice(limit, excess);
    for (const { id, item } of pruned) if (item !== null) this.pruned.push(id);
  }
}

/** Whether two rows of an id were made from the same, attributes that nobody reads included. */
function saysTheSame({ source: a }: Row, { source: b }: Row): boolean {
  if (a === null || b === null || a.statics !== b.statics || a.html !== b.html) return false;
  return a.entry === b.entry || JSON.stringify(a.entry.slots) === JSON.stringify(b.entry.slots);
}

const isBystander = (row: Row): boolean => row.item === null;

const idsOf = (rows: readonly Row[]): readonly string[] => rows.map(({ id }) => id);

/** Whether an id is among the rows; worth a set only where many will be asked for. */
function lookUp(rows: readonly Row[], questions: number): (id: string) => boolean {
  if (rows.length === 0) return () => false;
  if (questions <= 16) return (wanted) => rows.some(({ id }) => id === wanted);
  const ids = new Set(rows.map(({ id }) => id));
  return (wanted) => ids.has(wanted);
}
