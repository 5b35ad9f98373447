import type { CaseOperation, CaseStart } from "./case-operation.ts";
import type { Mode } from "./modes.ts";
import type { RoomAct } from "./room-act.ts";

/** The rendering modes that have a way of their own with a list of cases: `components` has that of `stream`. */
export const CASE_MODES = ["resend", "stateful", "keyed", "append", "stream"] as const satisfies Mode[];

/** One of {@link CASE_MODES}. Items that are live components are cases in each of them. */
export type CaseMode = (typeof CASE_MODES)[number];

/** A list as it must be, an item a word: `a`, or with another text than its id `a=text`, and with its mark `a [mark]`. */
export type CaseRows = readonly string[];

/** What holds in every mode, or else in these and in all others. */
export type ByMode<T> = T | ({ readonly otherwise: T } & Partial<Readonly<Record<CaseMode, T>>>);

/** What must have happened in Chrome since the step before; what is not named is not looked at. */
export interface CaseFacts {
  /** What became of items, sorted: `mounted a`, `updated a`, `destroyed a`, `hide-start a`, `hide-end a`. */
  readonly told?: ByMode<CaseRows>;
  /** The same without what was updated, in order. */
  readonly order?: CaseRows;
  /** The items whose elements came with the document. */
  readonly kept?: ByMode<CaseRows>;
  /** How many changes there were in the DOM of the lists. */
  readonly changes?: ByMode<number>;
  /** The parts of items that belong to the client, written as a list. */
  readonly own?: CaseRows;
  /** The text nodes between the items. */
  readonly textNodes?: ByMode<number>;
}

/** The views of a page, by the names of their lists: its own, and the one within. */
export type CaseView = "items" | "nested-items";

/** One event, and what must be there after it. */
export interface CaseStep {
  readonly perform: readonly CaseOperation[];
  /** The id of the item whose button is pressed, instead of that. */
  readonly press?: string;
  /** Run in Chrome before: what the page's own scripts have made of the DOM. */
  readonly client?: string;
  /** Which view is told. Default: the page's own. */
  readonly view?: CaseView;
  /** What is told last, where the list is there only some time after the answer: `destroyed a`. */
  readonly until?: string;
  readonly list: ByMode<CaseRows>;
  /** The list of the view within, where there is one. */
  readonly nested?: CaseRows;
  readonly facts?: CaseFacts;
  /** All values that the diff has with which the event is answered, in the order of their slots. */
  readonly sent?: CaseRows;
}

/** A case: one line of what a list must do, or a part of one. Source: issues of phoenix_live_view, by number. */
export interface StreamCase {
  readonly number: number;
  /** Tells it from the others of its number, where there are several. */
  readonly part?: string;
  readonly name: string;
  readonly start: CaseStart;
  /** The list in the page that is sent first. Default: as after the join. */
  readonly document?: CaseRows;
  /** The list after the join. */
  readonly list: ByMode<CaseRows>;
  readonly nested?: CaseRows;
  /** What must have happened by the join. */
  readonly facts?: CaseFacts;
  readonly steps: readonly CaseStep[];
}

/** A case that concerns the room page as a whole, and so is done there, and tested. */
export interface RoomPageCase {
  readonly number: number;
  readonly name: string;
  /** How it is done. */
  readonly acts: readonly RoomAct[];
  /** What of it the acts do not do, and its tests do: `the browser's back`. */
  readonly leftToTests?: string;
  readonly tests: readonly RoomPageTest[];
}

/** A test of one: its file in `test/e2e/`, and what its title has in it. */
export type RoomPageTest = readonly [file: string, title: string];

/** Cases that the terms of some modes do not allow. */
export interface CaseException {
  /** By {@link caseId}. */
  readonly cases: readonly string[];
  readonly modes: readonly CaseMode[];
  /** Read on after "not in append:". */
  readonly reason: string;
}

/** What a case is called elsewhere: `6-index`. */
export const caseId = ({ number, part }: Pick<StreamCase, "number" | "part">): string =>
  part === undefined ? `${number}` : `${number}-${part}`;

/** What holds in a mode. */
export function inMode<T extends CaseRows | number>(value: ByMode<T>, mode: CaseMode): T {
  if (typeof value === "number" || Array.isArray(value)) return value as T;
  const { otherwise, [mode]: own = otherwise } = value as { readonly otherwise: T } & Partial<
    Record<CaseMode, T>
  >;
  return own;
}
