/** What the client has been sent of a template: its statics, and what its slots hold. */
export interface TemplatePrint {
  readonly statics: readonly string[];
  readonly children: SlotPrints;
}

/** What the client has been sent of a comprehension: its entries, in order; of a stream, nothing. */
export interface EachPrint {
  readonly statics: readonly string[];
  readonly entries: readonly EntryPrint[];
}

/** What the client has been sent of an entry, and the item that it was rendered from. */
export interface EntryPrint {
  /** What it is tracked by; undefined where that is its index. */
  readonly key: unknown;
  readonly item: unknown;
  readonly children: SlotPrints;
}

/** The print of a slot; undefined for text, a component's id, and what has never been sent. */
export type SlotPrint = TemplatePrint | EachPrint | undefined;

/** By slot number. */
export type SlotPrints = readonly SlotPrint[];

/** Of a template that was never sent. */
export const NO_PRINTS: SlotPrints = [];
