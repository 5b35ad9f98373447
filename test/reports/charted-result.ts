import type { Metric } from "../../harness/core/metric.ts";
import { latency, METRIC_NAMES, payloadBytes } from "../../harness/core/metric-names.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { micros } from "../../harness/core/units.ts";
import { LatencyRecorder } from "../../harness/measure/latency-recorder.ts";
import { slopeMetric } from "../../harness/measure/slope.ts";
import { failedResult } from "./sample-failure.ts";

const MODES = ["stream", "stateful"];
const BEGAN_US = 1_767_322_880_000_000;
const HISTORIES = [10, 100, 1000];

/** So many latencies, ten a second, each a little longer than the one before. */
function latencies(mode: string, operation: string, point: "frame" | "dom", samples: number): Metric[] {
  const recorder = new LatencyRecorder();
  const slower = 1 + MODES.indexOf(mode);
  for (let sample = 0; sample < samples; sample += 1)
    recorder.record(micros(slower * (2000 + sample * 37)), micros(BEGAN_US + sample * 100_000));
  const metric = recorder.metric(latency(operation, point), { mode, operation });
  return metric === undefined ? [] : [metric];
}

function sizes(mode: string, shown: number): Metric {
  const bytes = mode === "stream" ? 540 : 5 * shown;
  return {
    name: payloadBytes("insert", `one_${shown}`),
    ...{ mode, operation: "insert", case: `one_${shown}`, unit: "bytes", kind: "exact" },
    values: { count: 1, min: bytes, max: bytes, sum: bytes, mean: bytes },
    sizes: [{ value: bytes, count: 1 }],
  };
}

/** Of one user: a picture of one pixel. */
export const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** A failed run that has everything a chart can be drawn of. Its figures are invented. */
export const chartedResult: RunResult = {
  ...failedResult,
  configuration: {
    ...failedResult.configuration,
    modes: MODES,
    steps: HISTORIES.map((shown) => ({
      ...{ kind: "insert", ratePerSec: 1, durationMs: 1000 },
      case: { name: `one_${shown}`, title: `insert, ${shown} shown`, shown },
    })),
  },
  metrics: MODES.flatMap((mode, at) => {
    const points = [20, 40, 60, 80, 100].map((x) => ({ x, y: 4e7 + x * 20_000 * (at + 1) + (x % 40) * 900 }));
    const slope = slopeMetric(METRIC_NAMES.serverMemoryPerConnection, "bytes", points, { mode });
    return [
      ...HISTORIES.map((shown) => sizes(mode, shown)),
      ...latencies(mode, "insert", "frame", 800),
      ...latencies(mode, "update", "dom", 90),
      ...(slope === undefined ? [] : [slope]),
      ...failedResult.metrics.filter(({ name, mode: of }) => of === mode && name.startsWith("delivery.")),
    ];
  }),
};

/** The same, and where the bytes of an insert went. */
export const takenApartResult: RunResult = {
  ...chartedResult,
  metrics: chartedResult.metrics.map((metric) => {
    if (metric.kind !== "exact" || metric.case !== "one_10") return metric;
    const { sum } = metric.values;
    const parts = [
      { part: "dynamics", slot: "2.*.1", source: "room.ts:12 message.content", bytes: 20, times: 1 },
      { part: "envelope", bytes: sum - 30, times: 1 },
      { part: "statics", slot: "2.*", near: '<p class="content">', bytes: 10, times: 1 },
    ];
    return { ...metric, anatomy: { samples: 1, bytes: sum, parts } };
  }) as RunResult["metrics"],
};
