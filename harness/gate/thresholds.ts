import { decodeFromCompressedBase64 } from "hdr-histogram-js";
import type { Metric } from "../core/metric.ts";
import type { ThresholdVerdict } from "../core/run-result.ts";
import type { Aggregate, Operator, Threshold } from "../core/threshold.ts";

/**
 * Judges thresholds, in their order. One that names no mode is judged for each mode of the run, unless its
 * metric belongs to the whole run. One without a sample fails, with an explanation: no data is no pass.
 *
 * @param modes the modes that were to be run
 */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  metrics: readonly Metric[],
  modes: readonly string[],
): ThresholdVerdict[] {
  return thresholds.flatMap((threshold) => {
    const named = metrics.filter(({ name }) => name === threshold.metric);
    const ofWholeRun = named.find(({ mode }) => mode === undefined);
    if (threshold.mode === undefined && ofWholeRun) return [judge(threshold, ofWholeRun, undefined)];
    const wanted = threshold.mode === undefined ? modes : [threshold.mode];
    return wanted.map((mode) =>
      judge(
        threshold,
        named.find((metric) => metric.mode === mode),
        mode,
      ),
    );
  });
}

function judge(threshold: Threshold, metric: Metric | undefined, mode: string | undefined): ThresholdVerdict {
  const { metric: name, aggregate, operator, expected, expression, level } = threshold;
  const reading = metric ? read(metric, aggregate) : "no sample was taken";
  // Metrics hold microseconds; thresholds are written in milliseconds, as in k6.
  const isTime = metric?.unit === "us" && aggregate.kind !== "count";
  const actual = typeof reading === "string" ? null : isTime ? reading / 1000 : reading;
  return {
    name,
    ...(mode === undefined ? {} : { mode }),
    expression,
    operator,
    expected,
    actual,
    unit: !metric ? null : aggregate.kind === "count" ? "count" : metric.unit === "us" ? "ms" : metric.unit,
    level,
    passed: actual !== null && holds(actual, operator, expected),
    ...(typeof reading === "string" ? { explanation: reading } : {}),
  };
}

/** The value that is compared, or why there is none. */
function read(metric: Metric, aggregate: Aggregate): number | string {
  const none = (has: string) => `a metric of kind ${metric.kind} has ${has} only`;
  switch (metric.kind) {
    case "exact": {
      const { min, max, mean, count } = metric.values;
      const values: Partial<Record<Aggregate["kind"], number>> = { min, max, avg: mean, count };
      return values[aggregate.kind] ?? none("min, max, avg and count");
    }
    case "distribution": {
      const { min, max, mean, count, p50 } = metric.values;
      if (aggregate.kind === "percentile") return percentileOf(metric, aggregate.percentile);
      const values: Partial<Record<Aggregate["kind"], number>> = { min, max, avg: mean, count, med: p50 };
      return values[aggregate.kind] ?? none("min, max, avg, med, p(N) and count");
    }
    case "counter": {
      const { value, ratePerSec } = metric.values;
      if (aggregate.kind === "count" || aggregate.kind === "value") return value;
      if (aggregate.kind === "rate") return ratePerSec ?? "the time in which it was counted is not known";
      return none("count, value and rate");
    }
    case "gauge":
      return aggregate.kind === "value" ? metric.values.value : none("value");
    case "slope":
      return aggregate.kind === "value" ? metric.values.perUnit : none("value, what one more costs,");
    default:
      return metric satisfies never;
  }
}

function percentileOf(metric: Metric & { kind: "distribution" }, percentile: number): number | string {
  const { min, max, p50, p90, p99, p999 } = metric.values;
  const listed = new Map([
    [0, min],
    [50, p50],
    [90, p90],
    [99, p99],
    [99.9, p999],
    [100, max],
  ]).get(percentile);
  if (listed !== undefined) return listed;
  if (metric.histogram === undefined) return `p(${percentile}) needs the histogram, which was not kept`;
  const read = decodeFromCompressedBase64(metric.histogram).getValueAtPercentile(percentile);
  return Math.min(max, Math.max(min, read));
}

function holds(actual: number, operator: Operator, expected: number): boolean {
  switch (operator) {
    case "<":
      return actual < expected;
    case "<=":
      return actual <= expected;
    case ">":
      return actual > expected;
    case ">=":
      return actual >= expected;
    case "==":
    case "===":
      return actual === expected;
    case "!=":
      return actual !== expected;
    default:
      return operator satisfies never;
  }
}
