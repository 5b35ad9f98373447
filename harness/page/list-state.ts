import { RecentPairs } from "../protocol/recent-pairs.ts";
import type { Comprehension } from "../protocol/rendered.ts";
import { type Item, itemsOf, type Row } from "./item.ts";
import type { ListChange } from "./list-change.ts";
import type { ListLocation } from "./locate-list.ts";

/** The elements of a list's container, and the items among them. One object for all users who see the same. */
export interface ListState {
  readonly rows: readonly Row[];
  readonly items: readonly Item[];
}

/** The state after a frame, and what the frame did. */
export interface ListStep {
  readonly state: ListState;
  readonly change: ListChange;
}

export const NO_ROWS: readonly Row[] = [];

/**
 * The states of a list, for all users of a process who look at it: thousands hold the same rows, and a broadcast
 * takes all of them the same step.
 */
export class ListStates {
  /** A list without anything in it. */
  readonly empty: ListState = { rows: NO_ROWS, items: [] };
  /** The last state that had this row as its last one. */
  readonly #byLastRow = new WeakMap<Row, ListState>();
  readonly #recentSteps = new RecentPairs<{ readonly location: ListLocation; readonly step: ListStep }>(16);

  /** The one state with these rows, as long as it is remembered. */
  of(rows: readonly Row[]): ListState {
    const last = rows.at(-1);
    if (last === undefined) return this.empty;
    const known = this.#byLastRow.get(last);
    if (known !== undefined && isSame(known.rows, rows)) return known;
    const state = { rows, items: itemsOf(rows) };
    this.#byLastRow.set(last, state);
    return state;
  }

  /**
   * The step from a state that a list leads to, where no component has a part in the list: the one that another user
   * has taken lately, or as computed.
   */
  step(from: ListState, list: Comprehension, location: ListLocation, compute: () => ListStep): ListStep {
    const known = this.#recentSteps.get(from, list);
    if (known !== undefined && hasSameSurroundings(known.location, location)) return known.step;
    const step = compute();
    if (known === undefined) this.#recentSteps.set(from, list, { location, step });
    return step;
  }
}

function hasSameSurroundings(a: ListLocation, b: ListLocation): boolean {
  return a.update === b.update && a.before === b.before && a.behind === b.behind;
}

function isSame(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
