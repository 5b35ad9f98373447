import { decodeFromCompressedBase64 } from "hdr-histogram-js";
import type { Noisy, NoisyEntry, NoisyReading } from "../core/baseline.ts";
import type { GaugeMetric, Metric } from "../core/metric.ts";
import { harnessCpu, METRIC_NAMES, operationOfServerCpu, stepReceived } from "../core/metric-names.ts";
import type { RunResult } from "../core/run-result.ts";
import { nameKey } from "./exact-entries.ts";

/** Metrics, besides latencies and the server's processor time, that are gated. What the harness itself takes is not: it is not what a change is about. */
const MEMORY: readonly string[] = [
  METRIC_NAMES.serverMemoryPerConnection,
  METRIC_NAMES.serverMemoryPerActiveConnection,
  METRIC_NAMES.chromeHeap,
];

/** The readings of noisy metrics in these runs, a value each; none where they have no such metric. */
export function noisyReadings(runs: readonly RunResult[]): Noisy | null {
  const [first] = runs;
  const metrics = entriesOf(runs);
  if (first === undefined || metrics.length === 0) return null;
  return { machine: machineOf(first), startedAt: runs.map(({ startedAt }) => startedAt), metrics };
}

/** What times and memory depend on besides what is measured. */
export function machineOf({ environment: { platform, cpus, cpuModel } }: RunResult): Noisy["machine"] {
  return { platform, cpus, ...(cpuModel === undefined ? {} : { cpuModel }) };
}

/** What one reading of a metric is in one repeat. */
interface Taken {
  readonly value: number;
  readonly samples: number;
  /** See `noisyEntrySchema`. */
  readonly received?: number;
}

function entriesOf(runs: readonly RunResult[]): NoisyEntry[] {
  const entries = new Map<string, { entry: NoisyEntry; at: (Taken | undefined)[] }>();
  for (const [index, { metrics }] of runs.entries()) {
    for (const metric of metrics) {
      for (const [reading, taken] of readingsOf(metric, metrics)) {
        const { name, mode } = metric;
        const key = `${nameKey(metric)} ${reading}`;
        const unit = reading === "relative" ? "percent" : metric.unit;
        const named = { metric: name, ...(mode === undefined ? {} : { mode }), reading, unit };
        const known = entries.get(key) ?? { entry: { ...named, values: [], samples: [] }, at: [] };
        known.at[index] = taken;
        entries.set(key, known);
      }
    }
  }
  return [...entries.values()].map(({ entry, at }) => ({
    ...entry,
    values: runs.map((_, index) => at[index]?.value ?? null),
    samples: runs.map((_, index) => at[index]?.samples ?? 0),
    ...(entry.reading === "relative" && {
      received: runs.map((_, index) => at[index]?.received ?? null),
    }),
  }));
}

function readingsOf(metric: Metric, others: readonly Metric[]): [NoisyReading, Taken][] {
  switch (metric.kind) {
    case "distribution": {
      // The same from when an action was begun tells nothing more.
      if (metric.unit !== "us" || metric.name.endsWith("uncorrected")) return [];
      const { p50, p99, count: samples } = metric.values;
      return [
        ...(metric.histogram === undefined
          ? []
          : [
              [
                "p10",
                { value: decodeFromCompressedBase64(metric.histogram).getValueAtPercentile(10), samples },
              ] as [NoisyReading, Taken],
            ]),
        ["p50", { value: p50, samples }],
        ["p99", { value: p99, samples }],
      ];
    }
    case "slope":
      if (!MEMORY.includes(metric.name)) return [];
      return [["perUnit", { value: metric.values.perUnit, samples: metric.values.count }]];
    case "gauge": {
      const operation = operationOfServerCpu(metric.name);
      if (operation !== null) return cpuReadings(metric, operation, others);
      if (!MEMORY.includes(metric.name)) return [];
      return [["value", { value: metric.values.value, samples: 1 }]];
    }
    case "exact":
    case "counter":
      return [];
    default:
      return metric satisfies never;
  }
}

/**
 * A machine that is slow for a while is slow for the harness, too, which does the same for the same frames each time: what the
 * server takes in terms of that scatters less than what it takes.
 */
function cpuReadings(
  { mode, values: { value } }: GaugeMetric,
  operation: string,
  others: readonly Metric[],
): [NoisyReading, Taken][] {
  const find = (name: string) =>
    others.find(
      (metric): metric is GaugeMetric =>
        metric.kind === "gauge" && metric.name === name && metric.mode === mode,
    )?.values.value;
  const [harness, received] = [find(harnessCpu(operation)), find(stepReceived(operation))];
  return [
    ["mean", { value, samples: 1 }],
    ...(harness === undefined || harness === 0 || received === undefined
      ? []
      : [["relative", { value: (value / harness) * 100, samples: 1, received }] as [NoisyReading, Taken]]),
  ];
}
