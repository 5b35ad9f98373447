import { z } from "zod";
import { anatomySchema } from "./anatomy.ts";

/** The units of a metric's values. `us` are integer microseconds; `percent` of processor time is of one core, so it may pass 100. */
export const UNITS = ["bytes", "us", "count", "percent"] as const;

/** One of {@link UNITS}. */
export type Unit = (typeof UNITS)[number];

const named = {
  /** A name of the vocabulary: `payload.insert.bytes`, `latency.insert.frame`, `memory.server.per_connection`. */
  name: z.string().min(1),
  /** The rendering mode it was measured in. Absent for what belongs to the whole run. */
  mode: z.string().exactOptional(),
  /** The operation it was measured on: `join`, `insert`, `update`, `delete`, `prepend`. */
  operation: z.string().exactOptional(),
  /** The case of the operation that a step of the scenario names: `again`. Absent for all of the operation. */
  case: z.string().exactOptional(),
  unit: z.enum(UNITS),
};

const positive = z.int().positive();
const natural = z.int().nonnegative();

/**
 * Sizes that are the same on every run with the same seed (deflated ones where the scenario is `fixed`), and so are gated exactly. All values but the mean
 * are exact integers. `sizes` tells how often each size was seen, smallest first; where there were more
 * different sizes than are kept, `otherSizes` counts the samples that are not listed.
 */
export const exactMetricSchema = z.object({
  ...named,
  kind: z.literal("exact"),
  values: z.object({ count: positive, min: natural, max: natural, sum: natural, mean: z.number() }),
  sizes: z.array(z.object({ value: natural, count: positive })).exactOptional(),
  otherSizes: natural.exactOptional(),
  /** Where the bytes went: of `payload.<operation>.bytes`, as far as frames were taken apart. */
  anatomy: anatomySchema.exactOptional(),
});

/**
 * What became of samples over time: the samples that were due in one interval, each from `atMs` on, in the metric's unit. Percentiles
 * are the upper edges of buckets of 3 %, the maximum is exact; nothing is averaged. An interval without a sample is absent.
 */
export const overTimeSchema = z.object({
  /** When the first interval begins, on the wall clock: milliseconds since the Unix epoch, a multiple of `intervalMs`. */
  beganAtMs: natural,
  /** How long each is: 1,000, doubled until there are few enough. */
  intervalMs: positive,
  /** At most 120, in order. `atMs` is from `beganAtMs`. */
  points: z.array(
    z.object({ atMs: natural, count: positive, p50: z.number(), p99: z.number(), max: z.number() }),
  ),
});

/** See {@link overTimeSchema}. */
export type OverTime = z.infer<typeof overTimeSchema>;

/**
 * Noisy samples, such as latencies, summed up by a histogram. Without a sample there is no metric. `histogram`
 * is the HDR histogram itself, compressed, in base64 (`encodeIntoCompressedBase64` of hdr-histogram-js), so
 * that results can be merged and other percentiles read later.
 */
export const distributionMetricSchema = z.object({
  ...named,
  kind: z.literal("distribution"),
  values: z.object({
    count: positive,
    min: z.number(),
    mean: z.number(),
    max: z.number(),
    p50: z.number(),
    p90: z.number(),
    p99: z.number(),
    p999: z.number(),
  }),
  histogram: z.string().exactOptional(),
  /** How many samples lay above the highest value that is tracked, and were recorded as that value. */
  clamped: natural.exactOptional(),
  /** The same samples by when they were due, where somebody noted that. */
  overTime: overTimeSchema.exactOptional(),
});

/** A number of events. `ratePerSec` where the time in which they were counted is known. */
export const counterMetricSchema = z.object({
  ...named,
  kind: z.literal("counter"),
  values: z.object({ value: natural, ratePerSec: z.number().exactOptional() }),
});

/** One figure, as it was when it was read. */
export const gaugeMetricSchema = z.object({
  ...named,
  kind: z.literal("gauge"),
  values: z.object({ value: z.number() }),
});

/**
 * A line through points, by least squares: what one more of something costs, in `unit` per one of it. `low`
 * and `high` are the 95 % confidence bounds of `perUnit`; null for two points, which tell nothing about them.
 * `points` are what the line was laid through, in the order of the readings, `y` in `unit`; of many every so manyth.
 */
export const slopeMetricSchema = z.object({
  ...named,
  kind: z.literal("slope"),
  values: z.object({
    perUnit: z.number(),
    intercept: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    count: z.int().min(2),
  }),
  points: z.array(z.object({ x: z.number(), y: z.number() })).exactOptional(),
});

/** One measured figure of a run: a union told apart by `kind`. */
export const metricSchema = z.discriminatedUnion("kind", [
  exactMetricSchema,
  distributionMetricSchema,
  counterMetricSchema,
  gaugeMetricSchema,
  slopeMetricSchema,
]);

/** See {@link metricSchema}. */
export type Metric = z.infer<typeof metricSchema>;

/** See {@link exactMetricSchema}. */
export type ExactMetric = z.infer<typeof exactMetricSchema>;

/** See {@link distributionMetricSchema}. */
export type DistributionMetric = z.infer<typeof distributionMetricSchema>;

/** See {@link counterMetricSchema}. */
export type CounterMetric = z.infer<typeof counterMetricSchema>;

/** See {@link gaugeMetricSchema}. */
export type GaugeMetric = z.infer<typeof gaugeMetricSchema>;

/** See {@link slopeMetricSchema}. */
export type SlopeMetric = z.infer<typeof slopeMetricSchema>;

/** What tells the metrics of one name apart. */
export interface MetricLabels {
  readonly mode?: string;
  readonly operation?: string;
}
