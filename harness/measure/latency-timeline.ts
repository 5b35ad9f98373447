import type { OverTime } from "../core/metric.ts";
import type { Micros } from "../core/units.ts";

/** Intervals as plain data, to be added to another timeline in another process. */
export interface TimelineTransfer {
  readonly intervalMs: number;
  /** Each with its number, counted from the Unix epoch in intervals, its exact maximum, and how many samples each bucket has. */
  readonly intervals: readonly {
    readonly number: number;
    readonly max: number;
    readonly buckets: readonly (readonly [bucket: number, count: number])[];
  }[];
}

interface Interval {
  max: number;
  readonly buckets: Map<number, number>;
}

const FIRST_INTERVAL_MS = 1000;
/** With more than these, two become one. */
const MOST_INTERVALS = 120;
/** Buckets of each power of two: a bucket is 3 % wide. */
const PER_OCTAVE = 32;
/** Of values below this each has its own. */
const LEADING_ZEROS = Math.clz32(2 * PER_OCTAVE - 1);

/**
 * Latencies by when they were due, in bounded memory: at most 120 intervals of equal length, each with a histogram of buckets 3 %
 * wide and its exact maximum. Intervals begin at multiples of their length on the wall clock, so those of several
 * processes are the same, and are added.
 */
export class LatencyTimeline {
  #intervalMs = FIRST_INTERVAL_MS;
  #intervals = new Map<number, Interval>();
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  /** @param latencyUs an integer, not negative */
  record(latencyUs: number, dueUs: Micros): void {
    let number = Math.floor(dueUs / (this.#intervalMs * 1000));
    if (this.#reach(number)) number = Math.floor(dueUs / (this.#intervalMs * 1000));
    const { buckets } = this.#interval(number, latencyUs);
    const bucket = bucketOf(latencyUs);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }

  /** Everything as plain data: some hundred numbers an interval at most. */
  toTransfer(): TimelineTransfer {
    return {
      intervalMs: this.#intervalMs,
      intervals: [...this.#intervals].map(([number, { max, buckets }]) => ({
        number,
        max,
        buckets: [...buckets],
      })),
    };
  }

  /** Adds the intervals of another timeline; whichever has the shorter ones has them joined. */
  addTransfer({ intervalMs, intervals }: TimelineTransfer): void {
    while (this.#intervalMs < intervalMs) this.#double();
    for (const { number, max, buckets } of intervals) {
      const atMs = number * intervalMs;
      this.#reach(Math.floor(atMs / this.#intervalMs));
      const into = this.#interval(Math.floor(atMs / this.#intervalMs), max);
      for (const [bucket, count] of buckets)
        into.buckets.set(bucket, (into.buckets.get(bucket) ?? 0) + count);
    }
  }

  /** What became of the samples over time. There is at least one. */
  overTime(): OverTime {
    const sorted = [...this.#intervals].toSorted(([a], [b]) => a - b);
    const beganAtMs = (sorted[0]?.[0] ?? 0) * this.#intervalMs;
    return {
      beganAtMs,
      intervalMs: this.#intervalMs,
      points: sorted.map(([number, { max, buckets }]) => {
        const counts = [...buckets].toSorted(([a], [b]) => a - b);
        const count = counts.reduce((sum, [, times]) => sum + times, 0);
        const percentile = (share: number) => Math.min(max, valueAt(counts, Math.ceil(count * share)));
        return {
          atMs: number * this.#intervalMs - beganAtMs,
          count,
          p50: percentile(0.5),
          p99: percentile(0.99),
          max,
        };
      }),
    };
  }

  /** Makes room for an interval, and says whether the intervals are longer now. */
  #reach(number: number): boolean {
    if (number >= this.#least && number <= this.#most) return false;
    let [least, most] = [Math.min(this.#least, number), Math.max(this.#most, number)];
    let isLonger = false;
    while (most - least >= MOST_INTERVALS) {
      this.#double();
      [least, most] = [Math.floor(least / 2), Math.floor(most / 2)];
      isLonger = true;
    }
    [this.#least, this.#most] = [least, most];
    return isLonger;
  }

  #interval(number: number, max: number): Interval {
    let interval = this.#intervals.get(number);
    if (interval === undefined) {
      interval = { max, buckets: new Map() };
      this.#intervals.set(number, interval);
    }
    interval.max = Math.max(interval.max, max);
    return interval;
  }

  #double(): void {
    const before = this.#intervals;
    this.#intervalMs *= 2;
    this.#intervals = new Map();
    this.#least = Math.floor(this.#least / 2);
    this.#most = Math.floor(this.#most / 2);
    for (const [number, { max, buckets }] of before) {
      const into = this.#interval(Math.floor(number / 2), max);
      for (const [bucket, count] of buckets)
        into.buckets.set(bucket, (into.buckets.get(bucket) ?? 0) + count);
    }
  }
}

function bucketOf(value: number): number {
  const shift = Math.max(0, LEADING_ZEROS - Math.clz32(value));
  return shift * PER_OCTAVE + (value >>> shift);
}

/** The greatest value of a bucket. */
function greatestIn(bucket: number): number {
  const shift = Math.max(0, Math.floor(bucket / PER_OCTAVE) - 1);
  return ((bucket - shift * PER_OCTAVE + 1) << shift) - 1;
}

/** The value of the sample with that rank, from 1. */
function valueAt(counts: readonly (readonly [bucket: number, count: number])[], rank: number): number {
  let seen = 0;
  for (const [bucket, count] of counts) {
    seen += count;
    if (seen >= rank) return greatestIn(bucket);
  }
  return 0;
}
