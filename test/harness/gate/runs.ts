import type { Anatomy, AnatomyPart } from "../../../harness/core/anatomy.ts";
import type { ExactMetric, Metric } from "../../../harness/core/metric.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { passedResult } from "../../reports/sample-result.ts";

/** A run with these metrics, whose bytes are the same each time. */
export function fixedRun(metrics: readonly Metric[], changes: Partial<RunResult> = {}): RunResult {
  return {
    ...passedResult,
    scenario: "payload",
    configuration: { ...passedResult.configuration, fixed: true },
    metrics: [...metrics],
    ...changes,
  };
}

/** A run with these metrics, whose bytes nobody promises to be the same. */
export function timedRun(metrics: readonly Metric[], changes: Partial<RunResult> = {}): RunResult {
  return { ...passedResult, scenario: "mixed-day", metrics: [...metrics], ...changes };
}

/** Sizes of the frames of an operation, one by one. */
export function sizes(
  name: string,
  mode: string,
  all: readonly number[],
  anatomy?: ExactMetric["anatomy"],
): ExactMetric {
  const different = [...new Set(all)].sort((a, b) => a - b);
  const sum = all.reduce((total, size) => total + size, 0);
  return {
    name,
    mode,
    unit: "bytes",
    kind: "exact",
    values: { count: all.length, min: Math.min(...all), max: Math.max(...all), sum, mean: sum / all.length },
    sizes: different.map((value) => ({ value, count: all.filter((size) => size === value).length })),
    ...(anatomy === undefined ? {} : { anatomy }),
  };
}

/** Latencies with this median and this 99th percentile, in microseconds. */
export function latencies(name: string, mode: string, p50: number, p99: number, count = 1000): Metric {
  return {
    name,
    mode,
    unit: "us",
    kind: "distribution",
    values: { count, min: p50 / 2, mean: p50, max: p99 * 2, p50, p90: p50, p99, p999: p99 },
  };
}

/** When the repeat of a number began, counted from 0: one a minute. */
export const minute = (at: number): string => new Date(Date.UTC(2026, 0, 2, 3, at)).toISOString();

/** Where the bytes of so many frames went. */
export function anatomyOf(
  samples: number,
  parts: readonly Pick<AnatomyPart, "part" | "slot" | "source" | "bytes">[],
): Anatomy {
  return {
    samples,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    items: samples,
    parts: parts.map((part) => ({ ...part, times: samples })),
  };
}
