import type { Comprehension, Tree } from "../protocol/rendered.ts";
import type { HeldElement } from "../protocol/to-wire.ts";
import { isAppending } from "./append-rows.ts";
import type { Row } from "./item.ts";
import { NO_ROWS } from "./list-state.ts";
import type { ListLocation } from "./locate-list.ts";
import type { OtherStreams } from "./other-streams.ts";

/**
 * All that stands on a page at one time. Immutable, and shared with the page as long as that does not change: to keep it
 * costs a few words.
 */
export interface ShownPage {
  readonly tree: Tree;
  readonly list: Comprehension | null;
  readonly location: ListLocation | null;
  readonly rows: readonly Row[];
  readonly otherStreams: OtherStreams;
}

/** The elements that a container holds where the tree itself keeps the last render only; null for any other. */
export function elementsIn(
  { list, location, rows, otherStreams }: ShownPage,
  container: Comprehension,
): readonly HeldElement[] | null {
  const { stream } = container;
  if (stream !== null) {
    const isList = stream.ref === list?.stream?.ref;
    return elementsOf(isList ? rows : (otherStreams?.get(stream.ref) ?? NO_ROWS));
  }
  return container === list && isAppending(location?.update) ? elementsOf(rows) : null;
}

function elementsOf(rows: readonly Row[]): readonly HeldElement[] {
  return rows.flatMap(({ id, source }) =>
    source === null ? [] : [{ id, statics: source.statics, entry: source.entry }],
  );
}
