import type { Comprehension, StreamOperations, Tree } from "../protocol/rendered.ts";
import { applyAppend, isAppending } from "./append-rows.ts";
import type { Row } from "./item.ts";
import { compareLists, positionOf } from "./list-change.ts";
import type { ListReader } from "./list-reader.ts";
import type { ListState, ListStep } from "./list-state.ts";
import type { ListLocation } from "./locate-list.ts";
import { applyStream } from "./stream-rows.ts";

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
  { reader, state: { rows: former, items } }: ListBasis,
  entries: readonly Row[],
  { before, behind }: ListLocation,
  operations: StreamOperations,
): ListStep {
  const { rows, ...change } = applyStream(former, [...before, ...entries, ...behind], operations);
  const state = reader.states.of(rows);
  const order = new Set(change.inserted);
  const inserted =
    order.size < 2 ? change.inserted : state.items.filter(({ id }) => order.has(id)).map(({ id }) => id);
  const position = positionOf(inserted, state.items);
  const { reset } = operations;
  return { state, change: { ...change, before: items, after: state.items, inserted, reset, position } };
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
