import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from "hdr-histogram-js";
import type { DistributionMetric, MetricLabels } from "../core/metric.ts";
import type { Micros } from "../core/units.ts";

/** The highest latency that is tracked: 60 s. What lies above is recorded as 60 s and counted as clamped. */
export const HIGHEST_TRACKED_US = 60_000_000;

/** The samples of a recorder as plain data, to be added to another one in another process. */
export interface LatencyTransfer {
  readonly count: number;
  readonly clamped: number;
  /** In microseconds; null without a sample. */
  readonly total: { readonly sum: number; readonly min: number; readonly max: number } | null;
  /** An HDR histogram, compressed, in base64. */
  readonly histogram: string;
}

/**
 * Latencies in constant memory (about 70 KB): an HDR histogram of integer microseconds with three significant
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
  #count = 0;
  #clamped = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  /** How many samples it holds. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes a sample. One outside of 0 to {@link HIGHEST_TRACKED_US} is recorded as the nearest bound and counted
   * as clamped: the clocks of two processes may differ by some microseconds, so that a latency is below 0.
   */
  record(latencyUs: Micros): void {
    const within = Math.min(Math.max(latencyUs, 0), HIGHEST_TRACKED_US);
    if (within !== latencyUs) this.#clamped += 1;
    // hdr-histogram-js truncates fractions; `Micros` are integers, but a caller's cast is not.
    const value = Math.round(within);
    this.#histogram.recordValue(value);
    this.#count += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** Adds all samples of another recorder. */
  add(other: LatencyRecorder): void {
    this.#histogram.add(other.#histogram);
    this.#count += other.#count;
    this.#clamped += other.#clamped;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** All samples as plain data, at most some tens of KB, mostly far less. */
  toTransfer(): LatencyTransfer {
    return {
      count: this.#count,
      clamped: this.#clamped,
      total: this.#count === 0 ? null : { sum: this.#sum, min: this.#min, max: this.#max },
      histogram: encodeIntoCompressedBase64(this.#histogram),
    };
  }

  /** Adds all samples of a recorder of another process, by the counts of its histogram. */
  addTransfer({ count, clamped, total, histogram }: LatencyTransfer): void {
    if (total === null) return;
    this.#histogram.add(decodeFromCompressedBase64(histogram));
    this.#count += count;
    this.#clamped += clamped;
    this.#sum += total.sum;
    this.#min = Math.min(this.#min, total.min);
    this.#max = Math.max(this.#max, total.max);
  }

  /** The samples as a metric in microseconds; undefined without a sample, since nothing is not zero. */
  metric(name: string, labels: MetricLabels = {}): DistributionMetric | undefined {
    if (this.#count === 0) return undefined;
    // A percentile is the upper edge of its bucket, which may lie above the largest sample.
    const percentile = (percent: number) =>
      Math.min(this.#max, Math.max(this.#min, this.#histogram.getValueAtPercentile(percent)));
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
      histogram: encodeIntoCompressedBase64(this.#histogram),
      ...(this.#clamped === 0 ? {} : { clamped: this.#clamped }),
    };
  }
}
