import type { Comprehension } from "../protocol/rendered.ts";
import { sampleOf } from "./id-samples.ts";
import { type Item, itemsOf, type Row } from "./item.ts";
import type { ListChange } from "./list-change.ts";
import type { ListLocation } from "./locate-list.ts";

/** The elements of a list's container, and the items among them. One object for all users who see the same. */
export interface ListState {
  /** Its place among all states that were made. */
  readonly serial: number;
  readonly rows: readonly Row[];
  readonly items: readonly Item[];
  /** {@link sampleOf} each row. */
  readonly samples: readonly number[];
}

/** The state after a frame, and what the frame did. */
export interface ListStep {
  readonly state: ListState;
  readonly change: ListChange;
}

/** A step that was taken. */
interface KnownStep {
  readonly from: ListState;
  readonly list: Comprehension;
  readonly location: ListLocation;
  readonly step: ListStep;
}

export const NO_ROWS: readonly Row[] = [];

/** How many states and steps are remembered: as the rooms of a process, and their users that lag behind, may be in. */
const PLACES = 512;

/**
 * The states of a list, for all users of a process who look at it: thousands hold the same rows, and a broadcast
 * takes all of them the same step. Each is remembered in a place of its own, until another one takes that; by no
 * other state, since a user who lags behind would keep all that came after.
 */
export class ListStates {
  /** A list without anything in it. */
  readonly empty: ListState = { serial: 0, rows: NO_ROWS, items: [], samples: [] };
  readonly #states: (ListState | null)[] = new Array(PLACES).fill(null);
  readonly #steps: (KnownStep | null)[] = new Array(PLACES).fill(null);
  #lastSerial = 0;

  /** The one state with these rows, as long as it is remembered. */
  of(rows: readonly Row[]): ListState {
    const last = rows.at(-1);
    if (last === undefined) return this.empty;
    const known = this.#known(last, rows);
    return (
      known ??
      this.#add(
        last,
        rows,
        itemsOf(rows),
        rows.map(({ id }) => sampleOf(id)),
      )
    );
  }

  /** The state in which some first items are gone and another one is the last, where there is nothing but items. */
  appended({ rows: former, items, samples }: ListState, gone: number, row: Row, item: Item): ListState {
    const rows = moveUp(former, gone, row);
    const known = this.#known(row, rows);
    if (known !== null) return known;
    return this.#add(row, rows, moveUp(items, gone, item), moveUp(samples, gone, sampleOf(row.id)));
  }

  #known(last: Row, rows: readonly Row[]): ListState | null {
    const known = this.#states[sampleOf(last.id) % PLACES];
    return known && isSame(known.rows, rows) ? known : null;
  }

  #add(last: Row, rows: readonly Row[], items: readonly Item[], samples: readonly number[]): ListState {
    this.#lastSerial += 1;
    const state = { serial: this.#lastSerial, rows, items, samples };
    this.#states[sampleOf(last.id) % PLACES] = state;
    return state;
  }

  /** The step that another user has taken from a state to a list lately, where no component has a part in the list. */
  knownStep(from: ListState, list: Comprehension, location: ListLocation): ListStep | null {
    const known = this.#steps[from.serial % PLACES];
    const isKnown = known?.from === from && known.list === list;
    return isKnown && hasSameSurroundings(known.location, location) ? known.step : null;
  }

  /** Remembers a step, unless one is known that leads from the same state to the same list elsewhere. */
  addStep(from: ListState, list: Comprehension, location: ListLocation, step: ListStep): void {
    const place = from.serial % PLACES;
    const known = this.#steps[place];
    if (known?.from !== from || known.list !== list) this.#steps[place] = { from, list, location, step };
  }
}

/** Without the first ones, and with another one behind: in a list that has room for these and no more. */
function moveUp<One>(list: readonly One[], gone: number, last: One): readonly One[] {
  const kept = list.length - gone;
  const moved: One[] = new Array(kept + 1);
  for (let at = 0; at < kept; at++) moved[at] = list[at + gone] as One;
  moved[kept] = last;
  return moved;
}

function hasSameSurroundings(a: ListLocation, b: ListLocation): boolean {
  return a === b || (a.update === b.update && a.before === b.before && a.behind === b.behind);
}

function isSame(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
