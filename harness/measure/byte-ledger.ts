import type { ExactMetric } from "../core/metric.ts";
import { payloadBytes } from "../core/metric-names.ts";
import type { Bytes } from "../core/units.ts";

/** How many different sizes of one operation are told apart. A regular operation has one to a few dozen. */
export const KEPT_SIZES = 64;

interface Entry {
  readonly mode: string;
  readonly operation: string;
  readonly caseName: string | undefined;
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly sizes: Map<number, number>;
  otherSizes: number;
}

/**
 * Counts the bytes of frames exactly, by mode, operation and case, in bounded memory: the first {@link KEPT_SIZES}
 * different sizes of each by their number, the others as one sum.
 */
export class ByteLedger {
  readonly #entries = new Map<string, Entry>();

  /** Takes one frame that one receiver got; of a case of an operation besides the operation as a whole. */
  record(mode: string, operation: string, size: Bytes, caseName?: string): void {
    const key = `${mode} ${operation} ${caseName ?? ""}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      const none = {
        count: 0,
        sum: 0,
        min: size,
        max: size,
        sizes: new Map<number, number>(),
        otherSizes: 0,
      };
      entry = { mode, operation, caseName, ...none };
      this.#entries.set(key, entry);
    }
    entry.count += 1;
    entry.sum += size;
    entry.min = Math.min(entry.min, size);
    entry.max = Math.max(entry.max, size);
    const seen = entry.sizes.get(size);
    if (seen !== undefined) entry.sizes.set(size, seen + 1);
    else if (entry.sizes.size < KEPT_SIZES) entry.sizes.set(size, 1);
    else entry.otherSizes += 1;
  }

  /** One metric for each mode, operation and case that was seen, in that order: see `payloadBytes`. */
  metrics(): ExactMetric[] {
    return [...this.#entries.values()].map(
      ({ mode, operation, caseName, count, sum, min, max, sizes, otherSizes }) => ({
        name: payloadBytes(operation, caseName),
        mode,
        operation,
        ...(caseName === undefined ? {} : { case: caseName }),
        unit: "bytes",
        kind: "exact",
        values: { count, min, max, sum, mean: sum / count },
        sizes: [...sizes].sort(([a], [b]) => a - b).map(([value, times]) => ({ value, count: times })),
        ...(otherSizes === 0 ? {} : { otherSizes }),
      }),
    );
  }
}
