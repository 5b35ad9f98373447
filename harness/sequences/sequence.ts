/** The rendering modes whose lists take sequences; items that are live components may be in each of them. */
export const SEQUENCE_MODES = ["stream", "stateful", "keyed", "resend", "append"] as const;

/** One of {@link SEQUENCE_MODES}. */
export type SequenceMode = (typeof SEQUENCE_MODES)[number];

/** The lists that a page has; it begins with the first one, and shows one at a time. */
export const SEQUENCE_LISTS = ["a", "b", "c"] as const;

/** One of {@link SEQUENCE_LISTS}. */
export type SequenceList = (typeof SEQUENCE_LISTS)[number];

/** An item of a list. */
export interface SequenceItem {
  readonly id: string;
  /** Default: its id. */
  readonly text?: string;
}

/** What is done on a list; as the page of sequences reads it. */
export type ListOperation =
  | {
      readonly kind: "insert";
      readonly item: SequenceItem;
      /** 0 is the front, -1 the end. */
      readonly at: number;
      /** At most so many on the page: positive ones prune the back, negative ones the front. */
      readonly limit?: number;
      readonly updateOnly?: boolean;
    }
  | {
      readonly kind: "insertAll";
      readonly items: readonly SequenceItem[];
      readonly at: number;
      readonly limit?: number;
    }
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "reset"; readonly items: readonly SequenceItem[] };

/**
 * One step of a sequence.
 *
 * - `submit`: operations by a form of the page, in one render; by `push` while its connection is cut
 * - `push`: operations from beside the page, in one render
 * - `patch`: the page goes to another list by a link; nothing while its connection is cut
 * - `cut`: its connection breaks, and none comes about until `rejoin`
 * - `delay`: how long what it sends, and what it is sent, is under way from now on
 * - `settle`: waits until all has arrived, and looks at the lists. Not before that, nor while a connection is cut
 */
export type SequenceStep =
  | { readonly kind: "submit"; readonly operations: readonly ListOperation[] }
  | { readonly kind: "push"; readonly operations: readonly ListOperation[] }
  | { readonly kind: "patch"; readonly list: SequenceList }
  | { readonly kind: "cut" }
  | { readonly kind: "rejoin" }
  | { readonly kind: "delay"; readonly toServerMs: number; readonly toPageMs: number }
  | { readonly kind: "settle" };

/** How a page begins. */
export interface SequenceStart {
  readonly items: readonly SequenceItem[];
  /** The limit that a stream is defined with. */
  readonly limit?: number;
  /** Whether an element that is no item stands behind the items. */
  readonly bystander: boolean;
  /** Whether the items are live components. */
  readonly components: boolean;
}

/** A page, and what is done to it. At the end everything settles. */
export interface Sequence {
  readonly mode: SequenceMode;
  readonly start: SequenceStart;
  readonly steps: readonly SequenceStep[];
}

/** What is to be seen of an item: `a`, or `a=text` where its text is not its id. */
export const shown = ({ id, text = id }: SequenceItem): string => (text === id ? id : `${id}=${text}`);
