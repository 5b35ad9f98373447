/** A receiver, by the name of his account, and every how many-th insert to him is concerned. */
export interface Concerned {
  readonly receiver: string;
  readonly every: number;
}

/** What a stub does to what it sends. What is absent it does not do. */
export interface StubManners {
  /** Each insert leaves so much later, never earlier. */
  readonly delayMs?: number;
  /**
   * From when the insert with this number comes, from 0, nothing that is named is sent; all of it when the time has
   * passed since that insert was due.
   */
  readonly stall?: {
    readonly atInsert: number;
    readonly forMs: number;
    readonly holds: "inserts" | "everything";
  };
  /** Every so many-th insert to the receiver is not sent. */
  readonly drop?: Concerned;
  /** Every so many-th insert to the receiver is sent twice. */
  readonly duplicate?: Concerned;
  /** Of every so many inserts to the receiver, the last two change places. */
  readonly swap?: Concerned;
  /** Who has left a room for another is sent on what is written in the first one. */
  readonly lingers?: boolean;
  /** For so long a page in a browser is kept busy when an insert comes. */
  readonly blockMs?: number;
  /** Called when the insert with this number comes, from 0, before anything is done with it. */
  readonly onInsert?: (number: number, dueUs: number) => void;
}
