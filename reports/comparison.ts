import { CHECK_KINDS, type CheckKind } from "../harness/core/checks.ts";
import { latency, METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, MISSING, measured } from "./figure-rows.ts";
import { type Detail, payloadRows } from "./payload-rows.ts";
import { integer, memory, time } from "./quantities.ts";
import { type Cell, type Row, tableWidth } from "./table.ts";

/** What the kinds of checks are called in a report. */
export const CHECK_LABELS: Readonly<Record<CheckKind, string>> = {
  "user-vs-oracle": "user against the database",
  "chrome-vs-oracle": "Chrome against the database",
  "chrome-vs-user": "Chrome against a user",
  "frame-invariant": "frame by frame",
  delivery: "every insert received once",
  "console-clean": "Chrome's console clean",
};

/**
 * The rows of the table that puts the modes of a run side by side: a cell a mode, in the run's order. Where there are too
 * many modes for `width` characters, sizes are told by their mean alone.
 */
export function comparisonRows(result: RunResult, width: number): Row[] {
  const rows = (detail: Detail) => [
    ...payloadRows(result, detail),
    ...hiddenRows(result),
    ...latencyRows(result),
    ...memoryRows(result),
    ...checkRows(result),
    ...deliveryRows(result),
    ...chromeRows(result),
  ];
  const spread = rows("spread");
  return tableWidth(result.configuration.modes, spread) <= width ? spread : rows("mean");
}

/** What a mode leaves behind in the list; no rows where none of them does. */
function hiddenRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const count = (name: string, mode: string) => find(metrics, name, mode, "gauge")?.values.value;
  const viewers = [
    ["on a user's page", METRIC_NAMES.hiddenToUser],
    ["in Chrome's DOM", METRIC_NAMES.hiddenToChrome],
  ] as const;
  if (!viewers.some(([, name]) => modes.some((mode) => (count(name, mode) ?? 0) > 0))) return [];
  return [
    { label: "Elements that a deleted message leaves behind" },
    ...viewers.map(([label, name]) =>
      measured(label, modes, (mode) => {
        const value = count(name, mode);
        return value === undefined ? undefined : { text: integer(value) };
      }),
    ),
  ];
}

function latencyRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const points = [
    ["to the frame", latency("insert", "frame")],
    ["to the DOM", latency("insert", "dom")],
  ] as const;
  return [
    { label: "Latency of an insert, from when it was due" },
    ...points.flatMap(([label, name]) =>
      (["p50", "p99"] as const).map((percentile) =>
        measured(`${label}, ${percentile}`, modes, (mode) => {
          const metric = find(metrics, name, mode, "distribution");
          return metric && { text: time(metric.values[percentile]) };
        }),
      ),
    ),
  ];
}

function memoryRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const slope = (mode: string) =>
    find(metrics, METRIC_NAMES.serverMemoryPerConnection, mode, "slope")?.values;
  return [
    { label: "Memory of the server" },
    measured("one more connection", modes, (mode) => {
      const values = slope(mode);
      return values && { text: memory(values.perUnit), rank: values.perUnit };
    }),
    measured("95 % confidence", modes, (mode) => {
      const { low = null, high = null } = slope(mode) ?? {};
      // The bounds lie at equal distances from the slope.
      return low === null || high === null ? undefined : { text: `± ${memory((high - low) / 2)}` };
    }),
  ];
}

function checkRows({ checks, configuration: { modes } }: RunResult): Row[] {
  return [
    { label: "Checks: made / failed" },
    ...CHECK_KINDS.map((kind) => ({
      label: CHECK_LABELS[kind],
      cells: modes.map((mode): Cell => {
        const counts = checks.kinds[kind]?.modes[mode];
        if (!counts) return MISSING;
        const text = `${integer(counts.made)} / ${integer(counts.failed)}`;
        return counts.failed > 0 ? { text, style: "bad" } : { text };
      }),
    })),
  ];
}

function deliveryRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const value = (name: string, mode: string) => find(metrics, name, mode, "counter")?.values.value;
  const wrong = (label: string, name: string) => ({
    label,
    cells: modes.map((mode): Cell => {
      const number = value(name, mode);
      if (number === undefined) return MISSING;
      return number > 0 ? { text: integer(number), style: "bad" } : { text: integer(number) };
    }),
  });
  return [
    { label: "Delivery: inserts times receivers" },
    measured("expected", modes, (mode) => {
      const number = value(METRIC_NAMES.deliveryExpected, mode);
      return number === undefined ? undefined : { text: integer(number) };
    }),
    wrong("lost", METRIC_NAMES.deliveryLost),
    wrong("duplicated", METRIC_NAMES.deliveryDuplicated),
  ];
}

/** That Chrome took part in each mode: a page has its socket, or has seen nothing. */
function chromeRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  return [
    { label: "Chrome" },
    measured("sockets opened", modes, (mode) => {
      const metric = find(metrics, METRIC_NAMES.chromeConnections, mode, "counter");
      return metric && { text: integer(metric.values.value) };
    }),
  ];
}
