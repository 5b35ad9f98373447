import type { CounterMetric, GaugeMetric, MetricLabels, Unit } from "../core/metric.ts";

/** A number of events as a metric. `overMs`, where given, is the time in which they were counted. */
export function counter(
  name: string,
  value: number,
  labels: MetricLabels = {},
  overMs?: number,
): CounterMetric {
  const ratePerSec = overMs === undefined || overMs <= 0 ? {} : { ratePerSec: (value * 1000) / overMs };
  return { name, ...labels, unit: "count", kind: "counter", values: { value, ...ratePerSec } };
}

/** One reading as a metric, in `unit`. */
export function gauge(name: string, unit: Unit, value: number, labels: MetricLabels = {}): GaugeMetric {
  return { name, ...labels, unit, kind: "gauge", values: { value } };
}
