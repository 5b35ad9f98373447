import type {
  CaseOperationInput,
  CaseStartInput,
} from "../../reference-server/web/stream-cases/case-operation.ts";
import type { CaseMode } from "../../reference-server/web/stream-cases/lists.ts";

/** A list as it must be, an item a word: `a`, or with another text than its id `a=text`, and with its mark `a [mark]`. */
export type Rows = readonly string[];

/** What holds in every mode, or else in these and in all others. */
export type ByMode<T> = T | ({ readonly otherwise: T } & Partial<Readonly<Record<CaseMode, T>>>);

/** What must have happened in Chrome since the step before; what is not named is not looked at. */
export interface Facts {
  /** What became of items, sorted: `mounted a`, `updated a`, `destroyed a`, `hide-start a`, `hide-end a`. */
  readonly told?: ByMode<readonly string[]>;
  /** The same without what was updated, in order. */
  readonly order?: readonly string[];
  /** The items whose elements came with the document. */
  readonly kept?: ByMode<readonly string[]>;
  /** How many changes there were in the DOM of the lists. */
  readonly changes?: ByMode<number>;
  /** The parts of items that belong to the client, written as a list. */
  readonly own?: Rows;
  /** The text nodes between the items. */
  readonly textNodes?: ByMode<number>;
}

/** The views of a page, by the names of their lists: its own, and the one within. */
export type CaseView = "items" | "nested-items";

/** One event, and what must be there after it. */
export interface Step {
  readonly perform: readonly CaseOperationInput[];
  /** The id of the item whose button is pressed, instead of that. */
  readonly press?: string;
  /** Run in Chrome before: what the page's own scripts have made of the DOM. */
  readonly client?: string;
  /** Which view is told. Default: the page's own. */
  readonly view?: CaseView;
  /** What is told last, where the list is there only some time after the answer: `destroyed a`. */
  readonly until?: string;
  readonly list: ByMode<Rows>;
  /** The list of the view within, where there is one. */
  readonly nested?: Rows;
  readonly facts?: Facts;
  /** The diff that the event is answered with. */
  readonly diff?: unknown;
}

/** A case: one line of what a list must do, or a part of one. Source: issues of phoenix_live_view, by number. */
export interface StreamCase {
  readonly number: number;
  /** Tells it from the others of its number, where there are several. */
  readonly part?: string;
  readonly name: string;
  readonly start: CaseStartInput;
  /** The list in the page that is sent first. Default: as after the join. */
  readonly document?: Rows;
  /** The list after the join. */
  readonly list: ByMode<Rows>;
  readonly nested?: Rows;
  /** What must have happened by the join. */
  readonly facts?: Facts;
  readonly steps: readonly Step[];
}

/** What a case is called elsewhere: `6-index`. */
export const caseId = ({ number, part }: StreamCase): string =>
  part === undefined ? `${number}` : `${number}-${part}`;

/** What holds in a mode. */
export function inMode<T extends Rows | number>(value: ByMode<T>, mode: CaseMode): T {
  if (typeof value === "number" || Array.isArray(value)) return value as T;
  const { otherwise, [mode]: own = otherwise } = value as { readonly otherwise: T } & Partial<
    Record<CaseMode, T>
  >;
  return own;
}
