import { type Micros, micros } from "../core/units.ts";
import { findDueToken } from "../load/due-token.ts";
import { checkInvariants, type Violation } from "../page/invariants.ts";
import type { ListChange } from "../page/list-change.ts";

/** A message of the run that a change has brought, or changed, or brought again as it was. */
export interface WrittenItem {
  readonly kind: "insert" | "update" | "repeat";
  /** The DOM id of its item. */
  readonly id: string;
  readonly sequence: number;
  readonly dueUs: Micros;
  /** When it was really begun. */
  readonly startUs: Micros;
}

/** What is to be known of a change, whoever has got it. */
export interface ChangeReading {
  /** The first invariant that it breaks, if any. */
  readonly violation: Violation | null;
  readonly written: readonly WrittenItem[];
}

/** Reads a change: does it keep the invariants, and which messages of the run are in it. */
export function readChange(change: ListChange): ChangeReading {
  const violation = checkInvariants(change)[0] ?? null;
  const written: WrittenItem[] = [];
  for (const id of change.inserted) addWritten(written, change, "insert", id);
  for (const id of change.updated)
    addWritten(written, change, change.repeated.includes(id) ? "repeat" : "update", id);
  return { violation, written };
}

function addWritten(
  written: WrittenItem[],
  { after }: ListChange,
  kind: WrittenItem["kind"],
  id: string,
): void {
  const item = after.findLast((candidate) => candidate.id === id);
  const token = findDueToken(item?.fields.content ?? item?.text ?? "");
  if (token === undefined) return;
  const { sequence, dueUs, lateUs } = token;
  written.push({ kind, id, sequence, dueUs, startUs: micros(dueUs + lateUs) });
}

/** How many are remembered: few, since they are looked through one by one. */
const REMEMBERED = 32;

/** The readings of late: users of a room go through the same change, one soon after the other. */
export class RecentReadings {
  readonly #changes: (ListChange | null)[] = new Array(REMEMBERED).fill(null);
  readonly #readings: (ChangeReading | null)[] = new Array(REMEMBERED).fill(null);
  #oldest = 0;

  of(change: ListChange): ChangeReading {
    const known = this.#readings[this.#changes.indexOf(change)];
    if (known) return known;
    const reading = readChange(change);
    this.#changes[this.#oldest] = change;
    this.#readings[this.#oldest] = reading;
    this.#oldest = (this.#oldest + 1) % REMEMBERED;
    return reading;
  }
}
