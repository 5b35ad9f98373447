import type { Micros } from "../core/units.ts";

/** Where the list is on the page, and the parts of an item that are read by name, relative to the item. */
export interface ListQuery {
  /** The element whose children are the items: `#messages`. */
  readonly container: string;
  /** `{ sender: ".sender", content: ".content" }` */
  readonly fields: Readonly<Record<string, string>>;
}

/** What became of an item on the page. */
export interface Observation {
  /** When the DOM held it, on the machine's clock: microseconds since the epoch, in steps of about 100. */
  readonly atUs: Micros;
  readonly itemId: string;
  readonly kind: "added" | "changed" | "removed";
  /** The text of the content part, verbatim; of a removed item the last one. Empty where there is no such part. */
  readonly content: string;
}

/** Observations since the last time; the oldest are dropped beyond ten thousand. */
export interface DrainedObservations {
  readonly observations: readonly Observation[];
  readonly dropped: number;
}

/** Where to look for changes: the list, and the part of an item whose text is told. */
export interface ObservedList {
  readonly container: string;
  /** Null: all of an item's text. */
  readonly content: string | null;
}
