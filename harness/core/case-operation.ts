/**
 * What a page of cases is told: how its list begins, and what to do with it. These are the shapes of its JSON, as a page
 * gets it by `?start=` and in its form; `scenarios/stream-cases/README.md` says what a page must do with them.
 */

/** An item of the list. */
export interface CaseItem {
  readonly id: string;
  /** Default: its id. */
  readonly text?: string;
  /** What its attribute `data-mark` says. Default: null, it has none. */
  readonly mark?: string | null;
}

/** Where inserted items come to stand. */
export interface CasePlacement {
  /** As `at` of `stream_insert`. Default: -1, behind all others. */
  readonly at?: number;
  /** As `limit` of `stream_insert`. Default: none. */
  readonly limit?: number;
}

/** One thing that a page can be told to do with its list, or beside it. */
export type CaseOperation =
  | ({ readonly kind: "insert"; readonly item: CaseItem; readonly updateOnly?: boolean } & CasePlacement)
  /** Several in one call, one after the other. */
  | ({ readonly kind: "insertAll"; readonly items: readonly CaseItem[] } & CasePlacement)
  | { readonly kind: "delete"; readonly id: string }
  /** Replaces the list. */
  | { readonly kind: "reset"; readonly items: readonly CaseItem[] }
  /** Sets an assign that the list does not read. */
  | { readonly kind: "note"; readonly text: string };

/** How a page begins. What is absent is not there. */
export interface CaseStart {
  readonly items?: readonly CaseItem[];
  /** The limit that the stream is defined with. */
  readonly limit?: number;
  /** Done before the first render, on the page that is sent first and again when its socket joins. */
  readonly mounted?: readonly CaseOperation[];
  /** The first items over the socket, where they have changed since the page was sent. */
  readonly meanwhile?: readonly CaseItem[];
  /** Whether an element that is no item stands in the list, written behind the items. */
  readonly bystander?: boolean;
  /** Whether items go with a transition. */
  readonly transition?: boolean;
  /** Whether each item holds a part that belongs to the client (`phx-update="ignore"`). */
  readonly ignoring?: boolean;
  /** Whether each item is a live component, with a button that counts how often it was pressed. */
  readonly components?: boolean;
  /** The items of a second view, within the first, whose list has the same name. */
  readonly nested?: readonly CaseItem[];
}
