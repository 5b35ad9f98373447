import type { CounterMetric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { CheckLedger } from "./check-ledger.ts";
import type { Checkpoint } from "./check-viewers.ts";

/** Pairs of an insert and a receiver. */
export interface DeliveryCounts {
  /** Inserts that were made, times receivers. */
  readonly expected: number;
  /** Of these, how many arrived, once or more often. */
  readonly received: number;
  readonly lost: number;
  /** Arrivals beyond the first of their pair. */
  readonly duplicated: number;
}

/**
 * Tells whether each insert reached each receiver, once. Inserts are told by the sequence of their due token.
 * It takes a byte for a receiver and an insert.
 */
export class DeliveryLedger {
  readonly #receivers: readonly string[];
  /** By receiver, how often each sequence arrived; a byte stops at 255, and one more than 1 is enough to know. */
  readonly #arrivals: Uint8Array[];
  readonly #sent = new Set<number>();
  #lastSent = -1;

  /** @param receivers who should get every insert: `user 17`, `Chrome 2` */
  constructor(receivers: readonly string[]) {
    this.#receivers = receivers;
    this.#arrivals = receivers.map(() => new Uint8Array(256));
  }

  /** An insert was made: the server has acknowledged it. */
  sent(sequence: number): void {
    this.#sent.add(sequence);
    this.#lastSent = Math.max(this.#lastSent, sequence);
  }

  /** The receiver with this number got an insert; it may hear of it before the sender does. */
  received(receiver: number, sequence: number): void {
    let arrivals = this.#arrivals[receiver];
    if (!arrivals) throw new RangeError(`there is no receiver ${receiver}`);
    if (sequence >= arrivals.length) {
      const grown = new Uint8Array(Math.max(sequence + 1, arrivals.length * 2));
      grown.set(arrivals);
      this.#arrivals[receiver] = grown;
      arrivals = grown;
    }
    arrivals[sequence] = Math.min(255, (arrivals[sequence] ?? 0) + 1);
  }

  /** All pairs so far. What is still on its way counts as lost, so it is asked at rest. */
  counts(): DeliveryCounts {
    const sum = { expected: this.#sent.size * this.#receivers.length, received: 0, lost: 0, duplicated: 0 };
    for (const arrivals of this.#arrivals) {
      for (const sequence of this.#sent) {
        const times = arrivals[sequence] ?? 0;
        if (times === 0) sum.lost += 1;
        else {
          sum.received += 1;
          sum.duplicated += times - 1;
        }
      }
    }
    return sum;
  }

  /** The counts as metrics of a mode. */
  metrics(mode: string): CounterMetric[] {
    const { expected, received, lost, duplicated } = this.counts();
    const named = [
      [METRIC_NAMES.deliveryExpected, expected],
      [METRIC_NAMES.deliveryReceived, received],
      [METRIC_NAMES.deliveryLost, lost],
      [METRIC_NAMES.deliveryDuplicated, duplicated],
    ] as const;
    return named.map(([name, value]) => ({
      name,
      mode,
      operation: "insert",
      unit: "count",
      kind: "counter",
      values: { value },
    }));
  }

  /** One check a receiver: every insert once, and none that nobody made. */
  check(checkpoint: Checkpoint, ledger: CheckLedger): void {
    for (const [index, who] of this.#receivers.entries()) {
      const problem = this.#firstProblem(index);
      if (!problem) {
        ledger.pass("delivery", checkpoint.mode);
        continue;
      }
      const { sequence, expected, actual } = problem;
      const message = `${who}: insert ${sequence} arrived ${actual}, expected ${expected}`;
      ledger.fail({ kind: "delivery", ...checkpoint, who, expected, actual, message });
    }
  }

  #firstProblem(receiver: number) {
    const arrivals = this.#arrivals[receiver] ?? new Uint8Array();
    const last = Math.max(arrivals.length - 1, this.#lastSent);
    for (let sequence = 0; sequence <= last; sequence += 1) {
      const expected = this.#sent.has(sequence) ? 1 : 0;
      const actual = arrivals[sequence] ?? 0;
      if (expected !== actual) return { sequence, expected: times(expected), actual: times(actual) };
    }
    return undefined;
  }
}

function times(count: number): string {
  return count === 1 ? "once" : count === 0 ? "never" : `${count} times`;
}
