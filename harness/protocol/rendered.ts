/**
 * The n+1 strings around the n dynamic slots of a template. Interned by the decoder: equal statics are one
 * object, so that identity serves as the template's fingerprint.
 */
export type Statics = readonly string[];

/** What a dynamic slot holds: HTML, the id of a component, a nested template, or a comprehension. */
export type Slot = string | number | Rendered | Comprehension;

/** A rendered template. Immutable, and shared by all users who were sent the same. */
export interface Rendered {
  readonly kind: "rendered";
  readonly statics: Statics;
  readonly slots: readonly Slot[];
  /** False if no stream can be inside; true promises nothing. */
  readonly mayHoldStreams: boolean;
}

/** A comprehension. One of a stream holds the entries of the last render only, as the server does. */
export interface Comprehension {
  readonly kind: "comprehension";
  readonly statics: Statics;
  readonly entries: readonly Entry[];
  /** The operations of the last render of a stream; null for any other comprehension. */
  readonly stream: StreamOperations | null;
  /** False if no stream can be inside, and this is none; true promises nothing. */
  readonly mayHoldStreams: boolean;
}

/** One turn of a comprehension: the slots that go into the comprehension's statics. */
export interface Entry {
  readonly kind: "entry";
  readonly slots: readonly Slot[];
  /** False if its HTML depends on nothing but itself; true promises nothing. */
  readonly mayHoldComponents: boolean;
  readonly mayHoldStreams: boolean;
}

/** What is to be done to a stream's elements on the page: deletes and the reset first, then the inserts. */
export interface StreamOperations {
  /** The stream's name on the wire, unique within the view: `0`, or `3-0` for one of component 3. */
  readonly ref: string;
  /** Newest first, as sent. */
  readonly inserts: readonly StreamInsert[];
  /** DOM ids, newest first, as sent. */
  readonly deletes: readonly string[];
  readonly reset: boolean;
}

/** Where the entry with this DOM id goes, if it is not on the page yet. */
export interface StreamInsert {
  readonly id: string;
  /** 0: first; -1: last; n: before the child that has this index now. */
  readonly at: number;
  /** Positive: as many first children stay; negative: as many last ones; null: all. */
  readonly limit: number | null;
  /** Only change the element if there is one. */
  readonly updateOnly: boolean;
}

/** All that a view has rendered: its root template and the components that it refers to. */
export interface Tree {
  readonly root: Rendered;
  readonly components: ReadonlyMap<number, Rendered>;
}
