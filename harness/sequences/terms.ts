import type { SequenceMode } from "./sequence.ts";

/** What the lists of a mode can be told to do, and what holds of them. */
export interface Terms {
  /** Whether items come at any index, and not only at the two ends. */
  readonly indexes: boolean;
  /** Whether items can be deleted, and the list replaced: by a reset, or by another one. */
  readonly removals: boolean;
  /** Whether an insert can be for what is there alone. */
  readonly updateOnly: boolean;
  readonly limits: boolean;
  /** Whether an element that is no item keeps its place behind them. */
  readonly bystander: boolean;
  /** Whether what a page shows after it has joined again depends on the server alone, and not on what had arrived before. */
  readonly forgets: boolean;
}

const IN_ASSIGNS: Terms = {
  indexes: true,
  removals: true,
  updateOnly: true,
  limits: false,
  bystander: true,
  forgets: true,
};

/** The terms of each mode, with plain items. */
const TERMS: Readonly<Record<SequenceMode, Terms>> = {
  resend: IN_ASSIGNS,
  stateful: IN_ASSIGNS,
  keyed: IN_ASSIGNS,
  append: {
    indexes: false,
    removals: false,
    updateOnly: false,
    limits: false,
    bystander: false,
    forgets: false,
  },
  stream: { ...IN_ASSIGNS, limits: true },
};

/**
 * The terms of a mode whose items may be live components. A stream of components has neither inserts for what is there alone
 * nor limits: the component of an item that does not come to the page, or is pruned in the render that brings it, has been
 * rendered all the same. So it is not sent again, and once the item is inserted the official client shows an empty element.
 *
 * Source: `onBeforeNodeAdded` and `maybeLimitStream` in dom_patch.ts, `recursiveCIDToString` in rendered.js; seen in Chrome.
 */
export function termsOf(mode: SequenceMode, components: boolean): Terms {
  return components ? { ...TERMS[mode], updateOnly: false, limits: false } : TERMS[mode];
}
