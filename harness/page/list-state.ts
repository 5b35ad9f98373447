import type { Comprehension } from "../protocol/rendered.ts";
import type { Item, Row } from "./item.ts";
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

/** What a step depends on beside the state, where no component has a part in the list. */
interface StepCause {
  readonly list: Comprehension;
  readonly location: ListLocation;
}

export const NO_ROWS: readonly Row[] = [];

/**
 * The states of a list, for all users of a process who look at it: thousands hold the same rows, and a broadcast
 * takes all of them the same step. What is remembered is held as long as somebody has the state that it starts from,
 * and may be forgotten sooner.
 */
export class ListStates {
  /** A list without anything in it. */
  readonly empty: ListState = { rows: NO_ROWS, items: [] };
  /** The last state that had this row as its last one. */
  readonly #byLastRow = new WeakMap<Row, ListState>();
  readonly #lastSteps = new WeakMap<ListState, StepCause & { readonly step: WeakRef<ListStep> }>();

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

  /** The step from a state that a list leads to: the one that another user has taken, or as computed. */
  step(from: ListState, cause: StepCause, compute: () => ListStep): ListStep {
    const last = this.#lastSteps.get(from);
    const known = last !== undefined && isSameCause(last, cause) ? last.step.deref() : undefined;
    if (known !== undefined) return known;
    const step = compute();
    this.#lastSteps.set(from, { ...cause, step: new WeakRef(step) });
    return step;
  }
}

function isSameCause(a: StepCause, b: StepCause): boolean {
  const [left, right] = [a.location, b.location];
  return (
    a.list === b.list &&
    left.update === right.update &&
    left.before === right.before &&
    left.behind === right.behind
  );
}

function isSame(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}

function itemsOf(rows: readonly Row[]): readonly Item[] {
  const items: Item[] = [];
  for (const { item } of rows) if (item !== null) items.push(item);
  return items;
}
