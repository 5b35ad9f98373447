import type { Metric } from "../harness/core/metric.ts";
import { METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, measured } from "./figure-rows.ts";
import { memory } from "./quantities.ts";
import type { Row } from "./table.ts";

/** The lines through readings at different numbers of connections, and what they are called. */
export const SLOPES = [
  ["one more connection", METRIC_NAMES.serverMemoryPerConnection],
  ["one more, in use", METRIC_NAMES.serverMemoryPerActiveConnection],
] as const;

/** What connections cost the server, and whether it grows; no rows where nothing was read. */
export function memoryRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const slope = (name: string, mode: string) => find(metrics, name, mode, "slope")?.values;
  const perConnection = SLOPES.flatMap(([label, name]) =>
    isThere(metrics, name)
      ? [
          measured(label, modes, (mode) => {
            const values = slope(name, mode);
            return values && { text: memory(values.perUnit), rank: values.perUnit };
          }),
          measured("  95 % confidence", modes, (mode) => {
            const { low = null, high = null } = slope(name, mode) ?? {};
            // The bounds lie at equal distances from the slope.
            return low === null || high === null ? undefined : { text: `± ${memory((high - low) / 2)}` };
          }),
          measured("  without any", modes, (mode) => {
            const values = slope(name, mode);
            return values && { text: memory(values.intercept) };
          }),
        ]
      : [],
  );
  const growth = isThere(metrics, METRIC_NAMES.serverMemoryGrowth)
    ? [
        measured("growth an hour", modes, (mode) => {
          const values = slope(METRIC_NAMES.serverMemoryGrowth, mode);
          return values && { text: memory(values.perUnit) };
        }),
        measured("  95 % confidence", modes, (mode) => {
          const { low = null, high = null } = slope(METRIC_NAMES.serverMemoryGrowth, mode) ?? {};
          return low === null || high === null ? undefined : { text: `± ${memory((high - low) / 2)}` };
        }),
      ]
    : [];
  const user = isThere(metrics, METRIC_NAMES.userMemory)
    ? [
        measured("of the harness, a user", modes, (mode) => {
          const metric = find(metrics, METRIC_NAMES.userMemory, mode, "gauge");
          return metric && { text: memory(metric.values.value) };
        }),
      ]
    : [];
  const server = [...perConnection, ...growth];
  const rows = server.length === 0 ? user : [...server, ...user];
  return rows.length === 0 ? [] : [{ label: "Memory of the server" }, ...rows];
}

const isThere = (metrics: readonly Metric[], name: string) => metrics.some((metric) => metric.name === name);
