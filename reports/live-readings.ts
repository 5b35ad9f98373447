import type { LiveFigures } from "../harness/core/live-figures.ts";
import type { DistributionMetric, ExactMetric } from "../harness/core/metric.ts";

type OfMode = Pick<LiveFigures, "metrics" | "mode">;

/**
 * The latency to the frame of the operation that goes on: the one of which a sample was due last, and of several the one with most;
 * undefined before the first sample.
 */
export function latencyGoingOn({ metrics, mode }: OfMode): DistributionMetric | undefined {
  const latencies = metrics.filter(
    (metric): metric is DistributionMetric =>
      metric.kind === "distribution" && metric.mode === mode && /^latency\.\w+\.frame$/.test(metric.name),
  );
  return latencies.toSorted((a, b) => lastDueMs(b) - lastDueMs(a) || b.values.count - a.values.count)[0];
}

/** When the last interval began in which a sample was due; 0 where nobody noted that. */
function lastDueMs({ overTime }: DistributionMetric): number {
  return overTime === undefined ? 0 : overTime.beganAtMs + (overTime.points.at(-1)?.atMs ?? 0);
}

/** What users have received so far, the channel's own conversation apart. */
export function received({ metrics, mode }: OfMode): { readonly frames: number; readonly bytes: number } {
  const frames = metrics.filter(
    (metric): metric is ExactMetric =>
      metric.kind === "exact" && metric.mode === mode && /^payload\.\w+\.bytes$/.test(metric.name),
  );
  const sum = (of: "count" | "sum") => frames.reduce((all, { values }) => all + values[of], 0);
  return { frames: sum("count"), bytes: sum("sum") };
}
