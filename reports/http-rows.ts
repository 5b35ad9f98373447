import { METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, MISSING, measured } from "./figure-rows.ts";
import { integer, spread, time } from "./quantities.ts";
import type { Cell, Row } from "./table.ts";

/** The page over HTTP under load; no rows where that was not asked for. */
export function httpRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  if (!metrics.some(({ name }) => name === METRIC_NAMES.mountRequests)) return [];
  const latency = (percentile: "p50" | "p99") =>
    measured(`until it had come, ${percentile}`, modes, (mode) => {
      const metric = find(metrics, METRIC_NAMES.mountLatency, mode, "distribution");
      return metric && { text: time(metric.values[percentile]) };
    });
  return [
    { label: "The page over HTTP" },
    measured("a second", modes, (mode) => {
      const rate = find(metrics, METRIC_NAMES.mountRequests, mode, "counter")?.values.ratePerSec;
      return rate === undefined ? undefined : { text: integer(rate) };
    }),
    latency("p50"),
    latency("p99"),
    measured("bytes", modes, (mode) => {
      const metric = find(metrics, METRIC_NAMES.mountBytes, mode, "exact");
      return metric && { text: spread(metric.values), rank: metric.values.mean };
    }),
    {
      label: "errors",
      cells: modes.map((mode): Cell => {
        const errors = find(metrics, METRIC_NAMES.mountErrors, mode, "counter")?.values.value;
        if (errors === undefined) return MISSING;
        return errors > 0 ? { text: integer(errors), style: "bad" } : { text: integer(errors) };
      }),
    },
  ];
}
