/** What a process of the benchmark is told, and what it tells. */

/** Whether users of a room are sent the same payload, or each one of his own. */
export type Sameness = "same" | "different";

/** To the sender: send so many frames to each socket of a group. */
export interface SendOrder {
  readonly group: string;
  readonly sameness: Sameness;
  readonly framesPerSocket: number;
}

/** What a client process does with a frame. */
export type ClientKind = "drop" | "parse" | "user";

/** To a client: so many frames are about to come. */
export interface MeasureOrder {
  readonly frames: number;
}

/** From the sender: where it listens. */
export interface Listening {
  readonly kind: "listening";
  readonly origin: string;
}

/** From a client: all are connected. */
export interface Connected {
  readonly kind: "connected";
  /** Heap and external, after collection, that came with its users, each. */
  readonly bytesPerUser: number;
  readonly connectMs: number;
}

/** From a client: it counts from now on. */
export interface Measuring {
  readonly kind: "measuring";
}

/** From a client: the frames have come. */
export interface Measured {
  readonly kind: "measured";
  readonly cpuUs: number;
  /** Checks that failed, and inserts that did not arrive as they should: none but where something is wrong. */
  readonly problems: number;
}

export type Told = Listening | Connected | Measuring | Measured;
