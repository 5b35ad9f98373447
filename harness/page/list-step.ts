import type { Comprehension, StreamOperations, Tree } from "../protocol/rendered.ts";
import { applyAppend, isAppending } from "./append-rows.ts";
import { countId } from "./id-samples.ts";
import type { Row } from "./item.ts";
import { compareLists, type ListChange, positionOf } from "./list-change.ts";
import type { ListReader } from "./list-reader.ts";
import type { ListState, ListStep } from "./list-state.ts";
import type { ListLocation } from "./locate-list.ts";
import { applyStream } from "./stream-rows.ts";

const NONE: readonly string[] = [];

/** What a list's next step starts from. */
export interface ListBasis {
  readonly reader: ListReader;
  /** What the items' components are looked up in. */
  readonly components: Tree["components"];
  readonly state: ListState;
}

/** The step to the list as it is rendered now. */
export function stepToRendered(basis: ListBasis, list: Comprehension, location: ListLocation): ListStep {
  const rows = rowsOf(basis, list);
  if (list.stream !== null) return stepOfStream(basis, rows, location, list.stream);
  const { update } = location;
  return stepToRows(basis, isAppending(update) ? applyAppend(basis.state.rows, rows, update) : rows);
}

/**
 * The step that a stream's operations make.
 *
 * @param entries the rows of what was rendered
 */
export function stepOfStream(
  { reader, state: formerState }: ListBasis,
  entries: readonly Row[],
  { before, behind }: ListLocation,
  operations: StreamOperations,
): ListStep {
  if (before.length + behind.length === 0) {
    const step = stepOfAppend(reader, formerState, entries, operations);
    if (step !== null) return step;
  }
  const { rows: former, items } = formerState;
  const { rows, ...change } = applyStream(former, [...before, ...entries, ...behind], operations);
  const state = reader.states.of(rows);
  const order = new Set(change.inserted);
  const inserted =
    order.size < 2 ? change.inserted : state.items.filter(({ id }) => order.has(id)).map(({ id }) => id);
  const position = positionOf(inserted, state.items);
  const { reset } = operations;
  const { items: after } = state;
  return { state, change: { ...change, before: items, after, samples: null, inserted, reset, position } };
}

/**
 * What most frames of a chat do, with less ado than `applyStream`: one new item behind all others, where there are items
 * only. Null where it is anything else.
 */
function stepOfAppend(
  { states }: ListReader,
  former: ListState,
  [row, ...others]: readonly Row[],
  { inserts, deletes, reset }: StreamOperations,
): ListStep | null {
  const [insert] = inserts;
  if (row?.item == null || row.hidden || others.length + deletes.length > 0 || reset) return null;
  if (inserts.length !== 1 || insert?.id !== row.id || insert.at !== -1 || insert.updateOnly) return null;
  const { items, rows, samples } = former;
  if (items.length === 0 || items.length !== rows.length || countId(rows, row.id, samples) > 0) return null;
  // A limit that is not negative keeps the first ones, of which the new one may be none.
  if (insert.limit !== null && insert.limit >= 0) return null;
  const gone = insert.limit === null ? 0 : Math.max(0, items.length + 1 + insert.limit);
  const state = states.appended(former, gone, row, row.item);
  const pruned = gone === 0 ? NONE : items.slice(0, gone).map(({ id }) => id);
  const change: ListChange = {
    before: items,
    after: state.items,
    samples: state.samples,
    inserted: [row.id],
    updated: NONE,
    repeated: NONE,
    removed: NONE,
    pruned,
    moved: NONE,
    reset: false,
    position: "back",
  };
  return { state, change };
}

/** The step to a list that has these rows. */
export function stepToRows({ reader, state: { items } }: ListBasis, rows: readonly Row[]): ListStep {
  const state = reader.states.of(rows);
  return { state, change: compareLists(items, state.items) };
}

/** The step after a change of components that items of a stream may hold: they change without the stream. */
export function stepOfComponents(basis: ListBasis): ListStep {
  const { reader, components, state } = basis;
  const rows = state.rows.map((row) => {
    if (row.source === null) return row;
    return reader.rows.row(row.source.statics, row.source.entry, components, row);
  });
  return stepToRows(basis, rows);
}

/** Whether what the list shows may depend on components. */
export function dependsOnComponents({ components, state }: ListBasis, list: Comprehension): boolean {
  if (components.size === 0) return false;
  return list.stream === null
    ? list.entries.some((entry) => entry.mayHoldComponents)
    : state.rows.some((row) => row.source?.entry.mayHoldComponents === true);
}

function rowsOf({ reader, components, state }: ListBasis, list: Comprehension): readonly Row[] {
  return list.entries.map((entry, i) => {
    const row = state.rows[i];
    if (row?.source?.entry === entry && row.source.statics === list.statics && row.source.html === null)
      return row;
    return reader.rows.row(list.statics, entry, components, row);
  });
}
