import type { Metric } from "../harness/core/metric.ts";
import type { RunResult } from "../harness/core/run-result.ts";

/** One line of a chart. Source: `customSmallerIsBetter` in the README of benchmark-action/github-action-benchmark. */
interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra?: string;
}

/**
 * Figures of which less is better, as github-action-benchmark takes them by `tool: customSmallerIsBetter`: what operations take in
 * bytes, on average; the middle and the 99th percentile of latencies, in ms; what one connection more costs. Counters and gauges
 * are not there: of most of them less is not better.
 */
export function renderBenchmark({ scenario, metrics }: RunResult): string {
  const benchmarks = metrics.flatMap((metric) =>
    benchmarksOf(metric).map((one) => named(one, scenario, metric)),
  );
  return `${JSON.stringify(benchmarks, undefined, 2)}\n`;
}

function named(one: Benchmark, scenario: string, { name, mode }: Metric): Benchmark {
  const place = mode === undefined ? name : `${name}{mode:${mode}}`;
  return { ...one, name: [scenario, place, one.name].filter((part) => part !== "").join(" ") };
}

/** Named by the reading alone, where a metric has several. */
function benchmarksOf(metric: Metric): Benchmark[] {
  switch (metric.kind) {
    case "exact": {
      const { mean, min, max, count } = metric.values;
      return [{ name: "", unit: metric.unit, value: mean, extra: `${min} to ${max}, ${count} frames` }];
    }
    case "distribution": {
      const { p50, p99, count } = metric.values;
      const extra = `${count} samples`;
      return [
        { name: "p50", unit: "ms", value: p50 / 1000, extra },
        { name: "p99", unit: "ms", value: p99 / 1000, extra },
      ];
    }
    case "slope": {
      const { perUnit, low, high } = metric.values;
      const range = low === null || high === null ? {} : { range: `± ${Math.round((high - low) / 2)}` };
      return [{ name: "", unit: metric.unit, value: perUnit, ...range }];
    }
    case "counter":
    case "gauge":
      return [];
    default:
      return metric satisfies never;
  }
}
