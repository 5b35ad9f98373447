import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from "hdr-histogram-js";
import type { DistributionMetric, MetricLabels } from "../core/metric.ts";
import type { Micros } from "../core/units.ts";
import { LatencyTimeline, type TimelineTransfer } from "./latency-timeline.ts";

/** The highest latency that is tracked: 60 s. What lies above is recorded as 60 s and counted as clamped. */
export const HIGHEST_TRACKED_US = 60_000_000;

/** Of the histogram with three digits: half of the values that are told apart one by one. */
const HALF = 1024;
/** The leading zeros of the largest value that is told apart from its neighbours. */
const LEADING_ZEROS = Math.clz32(2 * HALF - 1);
const PLACES = placeOf(HIGHEST_TRACKED_US) + 1;

/** The samples of a recorder as plain data, to be added to another one in another process. */
export interface LatencyTransfer {
  readonly count: number;
  readonly clamped: number;
  /** In microseconds; null without a sample. */
  readonly total: { readonly sum: number; readonly min: number; readonly max: number } | null;
  /** An HDR histogram, compressed, in base64. */
  readonly histogram: string;
  /** The same over time, where it was noted. */
  readonly overTime: TimelineTransfer | null;
}

/**
 * Latencies in constant memory (about 140 KB): an HDR histogram of integer microseconds with three significant
 * digits. Recorders are merged by adding their histograms, never by averaging percentiles. The minimum, the
 * maximum and the mean are exact.
 */
export class LatencyRecorder {
  readonly #histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_TRACKED_US,
    numberOfSignificantValueDigits: 3,
  });
  /** Samples that the histogram has not been told of yet, by {@link placeOf}; made with the first one. */
  #fresh: Uint32Array | null = null;
  #count = 0;
  #clamped = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  /** Made with the first sample whose time is told. */
  #overTime: LatencyTimeline | null = null;

  /** How many samples it holds. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes a sample. One outside of 0 to {@link HIGHEST_TRACKED_US} is recorded as the nearest bound and counted
   * as clamped: the clocks of two processes may differ by some microseconds, so that a latency is below 0.
   *
   * @param dueUs when it began to count, where that is to be told over time: microseconds since the Unix epoch
   */
  record(latencyUs: Micros, dueUs?: Micros): void {
    const within = Math.min(Math.max(latencyUs, 0), HIGHEST_TRACKED_US);
    if (within !== latencyUs) this.#clamped += 1;
    // hdr-histogram-js truncates fractions; `Micros` are integers, but a caller's cast is not.
    const value = Math.round(within);
    this.#fresh ??= new Uint32Array(PLACES);
    const place = placeOf(value);
    this.#fresh[place] = (this.#fresh[place] as number) + 1;
    this.#count += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (dueUs === undefined) return;
    this.#overTime ??= new LatencyTimeline();
    this.#overTime.record(value, dueUs);
  }

  /** Adds all samples of another recorder. */
  add(other: LatencyRecorder): void {
    this.#told.add(other.#told);
    this.#count += other.#count;
    this.#clamped += other.#clamped;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#addOverTime(other.#overTime?.toTransfer() ?? null);
  }

  /** All samples as plain data, at most some tens of KB, mostly far less. */
  toTransfer(): LatencyTransfer {
    return {
      count: this.#count,
      clamped: this.#clamped,
      total: this.#count === 0 ? null : { sum: this.#sum, min: this.#min, max: this.#max },
      histogram: encodeIntoCompressedBase64(this.#told),
      overTime: this.#overTime?.toTransfer() ?? null,
    };
  }

  /** Adds all samples of a recorder of another process, by the counts of its histogram. */
  addTransfer({ count, clamped, total, histogram, overTime }: LatencyTransfer): void {
    if (total === null) return;
    this.#told.add(decodeFromCompressedBase64(histogram));
    this.#count += count;
    this.#clamped += clamped;
    this.#sum += total.sum;
    this.#min = Math.min(this.#min, total.min);
    this.#max = Math.max(this.#max, total.max);
    this.#addOverTime(overTime);
  }

  /** The samples as a metric in microseconds; undefined without a sample, since nothing is not zero. */
  metric(name: string, labels: MetricLabels = {}): DistributionMetric | undefined {
    if (this.#count === 0) return undefined;
    // A percentile is the upper edge of its bucket, which may lie above the largest sample.
    const histogram = this.#told;
    const percentile = (percent: number) =>
      Math.min(this.#max, Math.max(this.#min, histogram.getValueAtPercentile(percent)));
    return {
      name,
      ...labels,
      unit: "us",
      kind: "distribution",
      values: {
        count: this.#count,
        min: this.#min,
        mean: this.#sum / this.#count,
        max: this.#max,
        p50: percentile(50),
        p90: percentile(90),
        p99: percentile(99),
        p999: percentile(99.9),
      },
      histogram: encodeIntoCompressedBase64(this.#told),
      ...(this.#clamped === 0 ? {} : { clamped: this.#clamped }),
      ...(this.#overTime === null ? {} : { overTime: this.#overTime.overTime() }),
    };
  }

  #addOverTime(transfer: TimelineTransfer | null): void {
    if (transfer === null) return;
    this.#overTime ??= new LatencyTimeline();
    this.#overTime.addTransfer(transfer);
  }

  /** The histogram, told of all samples. Each one by itself would cost it more than all else that is measured of a frame. */
  get #told(): Histogram {
    this.#fresh?.forEach((times, place) => {
      if (times > 0) this.#histogram.recordValueWithCount(leastAt(place), times);
    });
    this.#fresh?.fill(0);
    return this.#histogram;
  }
}

/** Values of a place are one to the histogram, too: below 2,048 each has its own, and each power of two has 1,024. */
function placeOf(value: number): number {
  const shift = Math.max(0, LEADING_ZEROS - Math.clz32(value));
  return shift * HALF + (value >>> shift);
}

/** The least value of a place. */
function leastAt(place: number): number {
  const shift = Math.max(0, Math.floor(place / HALF) - 1);
  return (place - shift * HALF) << shift;
}
