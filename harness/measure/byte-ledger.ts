import type { ExactMetric } from "../core/metric.ts";
import { payloadBytes } from "../core/metric-names.ts";
import type { Bytes } from "../core/units.ts";

/** How many different sizes of one operation are told apart. A regular operation has one to a few dozen. */
export const KEPT_SIZES = 64;

/** The frames of one mode, operation and case, as plain data that can be added up in another process. */
export interface ByteTransfer {
  readonly mode: string;
  readonly operation: string;
  readonly caseName: string | undefined;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Sizes, and how often each was seen. */
  readonly sizes: readonly (readonly [number, number])[];
  readonly otherSizes: number;
}

interface Entry extends Pick<ByteTransfer, "mode" | "operation" | "caseName"> {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly sizes: Map<number, number>;
  otherSizes: number;
  /** Infinite as long as there is room. */
  largestKept: number;
}

/**
 * Counts the bytes of frames exactly, by mode, operation and case, in bounded memory: the {@link KEPT_SIZES} smallest
 * sizes of each by their number, the others as one sum. The smallest, and not the first, so that it is the same in whatever
 * order frames are recorded and the parts of several processes added.
 */
export class ByteLedger {
  readonly #entries = new Map<string, Entry>();
  readonly #name: typeof payloadBytes;
  /** Where the last frame was counted: the next one is mostly like it, and needs no key. */
  #last: Entry | null = null;

  /** @param name what the metric of an operation, or of a case of it, is called */
  constructor(name: typeof payloadBytes = payloadBytes) {
    this.#name = name;
  }

  /** Takes one frame that one receiver got; of a case of an operation besides the operation as a whole. */
  record(mode: string, operation: string, size: Bytes, caseName?: string): void {
    const entry = this.#of(mode, operation, caseName);
    entry.count += 1;
    entry.sum += size;
    entry.min = Math.min(entry.min, size);
    entry.max = Math.max(entry.max, size);
    countSize(entry, size, 1);
  }

  /** Everything so far as plain data. */
  toTransfer(): ByteTransfer[] {
    return [...this.#entries.values()].map(({ largestKept: _, ...entry }) => ({
      ...entry,
      sizes: [...entry.sizes],
    }));
  }

  /** Adds what another ledger counted. */
  addTransfer(entries: readonly ByteTransfer[]): void {
    for (const { mode, operation, caseName, count, sum, min, max, sizes, otherSizes } of entries) {
      const entry = this.#of(mode, operation, caseName);
      entry.count += count;
      entry.sum += sum;
      entry.min = Math.min(entry.min, min);
      entry.max = Math.max(entry.max, max);
      entry.otherSizes += otherSizes;
      for (const [size, times] of sizes) countSize(entry, size, times);
    }
  }

  /** One metric for each mode, operation and case that was seen, in that order: see `payloadBytes`. */
  metrics(): ExactMetric[] {
    return [...this.#entries.values()].map(
      ({ mode, operation, caseName, count, sum, min, max, sizes, otherSizes }) => ({
        name: this.#name(operation, caseName),
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

  #of(mode: string, operation: string, caseName: string | undefined): Entry {
    const last = this.#last;
    if (last?.operation === operation && last.mode === mode && last.caseName === caseName) return last;
    const key = `${mode} ${operation} ${caseName ?? ""}`;
    const entry = this.#entries.get(key) ?? this.#add(key, mode, operation, caseName);
    this.#last = entry;
    return entry;
  }

  #add(key: string, mode: string, operation: string, caseName: string | undefined): Entry {
    const none = { count: 0, sum: 0, min: Infinity, max: 0, otherSizes: 0, largestKept: Infinity };
    const entry = { mode, operation, caseName, ...none, sizes: new Map<number, number>() };
    this.#entries.set(key, entry);
    return entry;
  }
}

function countSize(entry: Entry, size: number, times: number): void {
  const { sizes } = entry;
  // A size that is put out has enough smaller ones, also later: so the counts of those that stay are complete.
  if (size > entry.largestKept) {
    entry.otherSizes += times;
    return;
  }
  sizes.set(size, (sizes.get(size) ?? 0) + times);
  if (sizes.size <= KEPT_SIZES) return;
  const largest = Math.max(...sizes.keys());
  entry.otherSizes += sizes.get(largest) ?? 0;
  sizes.delete(largest);
  entry.largestKept = Math.max(...sizes.keys());
}
