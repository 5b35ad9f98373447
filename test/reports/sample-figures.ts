import type { Metric } from "../../harness/core/metric.ts";
import { latency, METRIC_NAMES, payloadBytes } from "../../harness/core/metric-names.ts";
import type { GeneratorProcess } from "../../harness/core/run-result.ts";

const labels = (mode: string, operation: string) => ({ mode, operation });

/** Exact sizes of which the mean is the middle. */
export function payload(mode: string, operation: string, min: number, max = min): Metric {
  const sum = min + max;
  return {
    name: payloadBytes(operation),
    ...labels(mode, operation),
    unit: "bytes",
    kind: "exact",
    values: { count: 2, min, max, sum, mean: sum / 2 },
  };
}

/** Of a case: what three viewers received, and what one who took part did. */
export function measuredCase(
  mode: string,
  operation: string,
  name: string,
  common: number,
  other = common,
): Metric {
  const sizes = [
    { value: common, count: 3 },
    { value: other, count: 1 },
  ].sort((a, b) => a.value - b.value);
  const [min, max, sum] = [Math.min(common, other), Math.max(common, other), 3 * common + other];
  return {
    name: payloadBytes(operation, name),
    ...labels(mode, operation),
    case: name,
    unit: "bytes",
    kind: "exact",
    values: { count: 4, min, max, sum, mean: sum / 4 },
    sizes,
  };
}

/** Elements of a list that stay in the DOM unseen. */
export function hidden(mode: string, value: number): Metric {
  return { name: METRIC_NAMES.hiddenToUser, mode, unit: "count", kind: "gauge", values: { value } };
}

/** Latencies of inserts, in microseconds. */
export function insertLatency(mode: string, point: "frame" | "dom", p50: number, p99: number): Metric {
  return {
    name: latency("insert", point),
    ...labels(mode, "insert"),
    unit: "us",
    kind: "distribution",
    values: { count: 1000, min: 100, mean: p50, max: p99 * 2, p50, p90: p50 * 2, p99, p999: p99 * 2 },
  };
}

/** What one more connection costs the server, in bytes, and how sure that is. */
export function memory(mode: string, perUnit: number, margin: number): Metric {
  return {
    name: METRIC_NAMES.serverMemoryPerConnection,
    mode,
    unit: "bytes",
    kind: "slope",
    values: { perUnit, intercept: 60_000_000, low: perUnit - margin, high: perUnit + margin, count: 5 },
  };
}

/** Inserts that were due at their receivers, and those that never came. */
export function delivery(mode: string, expected: number, lost: number): Metric[] {
  const figures = [
    [METRIC_NAMES.deliveryExpected, expected],
    [METRIC_NAMES.deliveryReceived, expected - lost],
    [METRIC_NAMES.deliveryLost, lost],
    [METRIC_NAMES.deliveryDuplicated, 0],
  ] as const;
  return figures.map(([name, value]) => ({
    name,
    ...labels(mode, "insert"),
    unit: "count",
    kind: "counter",
    values: { value },
  }));
}

/** Sockets that Chromes opened. */
export function chromeConnections(mode: string, value: number): Metric {
  return { name: METRIC_NAMES.chromeConnections, mode, unit: "count", kind: "counter", values: { value } };
}

/** Checks of one kind in two modes, none of which failed. */
export const noneFailed = (stream: number, stateful: number) => ({
  made: stream + stateful,
  failed: 0,
  modes: { stream: { made: stream, failed: 0 }, stateful: { made: stateful, failed: 0 } },
});

/** A process that had no trouble. */
export const healthy: GeneratorProcess = {
  loopDelayUs: { samples: 300, mean: 300, p99: 2140, max: 30_000 },
  cpuPercent: 43.4,
  gcPercent: 1.24,
  longestGcUs: 12_000,
  madeStarts: 400,
  droppedStarts: 0,
  lateStarts: 0,
  maxLateUs: 800,
};
