import { CHECK_KINDS, type CheckKind } from "../harness/core/checks.ts";
import type { Metric } from "../harness/core/metric.ts";
import { latency, METRIC_NAMES, payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { integer, memory, NO_VALUE, spread, time } from "./quantities.ts";
import type { Cell, Row } from "./table.ts";

/** The operations that every report lists, in this order; others are listed behind them where they were seen. */
const OPERATIONS = ["join", "insert", "update", "delete", "prepend"];

/** What operations are called in a report, where their name alone would not tell. */
const OPERATION_LABELS: Readonly<Record<string, string>> = {
  reply: "reply, nothing changed",
  other: "change beside the list",
};

/** What the kinds of checks are called in a report. */
export const CHECK_LABELS: Readonly<Record<CheckKind, string>> = {
  "user-vs-oracle": "user against the database",
  "chrome-vs-oracle": "Chrome against the database",
  "chrome-vs-user": "Chrome against a user",
  "frame-invariant": "frame by frame",
  delivery: "every insert received once",
  "console-clean": "Chrome's console clean",
};

const MISSING: Cell = { text: NO_VALUE, style: "dim" };

/** The rows of the table that puts the modes of a run side by side: a cell a mode, in the run's order. */
export function comparisonRows(result: RunResult): Row[] {
  return [
    ...payloadRows(result),
    ...latencyRows(result),
    ...memoryRows(result),
    ...checkRows(result),
    ...deliveryRows(result),
    ...chromeRows(result),
  ];
}

function payloadRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const seen = metrics.flatMap(({ kind, operation }) => (kind === "exact" && operation ? [operation] : []));
  const operations = new Set([...OPERATIONS, ...seen]);
  return [
    { label: "Bytes that one viewer receives: mean (least–most)" },
    ...[...operations].map((operation) =>
      measured(OPERATION_LABELS[operation] ?? operation, modes, (mode) => {
        const metric = find(metrics, payloadBytes(operation), mode, "exact");
        return metric && { text: spread(metric.values), rank: metric.values.mean };
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

/**
 * A row of figures. Where they carry a `rank` the lowest is marked, unless all are equal: only exact bytes and
 * memory are ranked, since a difference between two latencies of one run is mostly noise.
 */
function measured(
  label: string,
  modes: readonly string[],
  figureOf: (mode: string) => { readonly text: string; readonly rank?: number } | undefined,
): Row {
  const figures = modes.map(figureOf);
  const ranks = figures.flatMap((figure) => (figure?.rank === undefined ? [] : [figure.rank]));
  const best = new Set(ranks).size > 1 ? Math.min(...ranks) : undefined;
  const cells = figures.map((figure): Cell => {
    if (!figure) return MISSING;
    return best !== undefined && figure.rank === best
      ? { text: figure.text, style: "good" }
      : { text: figure.text };
  });
  return { label, cells };
}

function find<Kind extends Metric["kind"]>(
  metrics: readonly Metric[],
  name: string,
  mode: string,
  kind: Kind,
) {
  return metrics.find(
    (metric): metric is Extract<Metric, { kind: Kind }> =>
      metric.name === name && metric.mode === mode && metric.kind === kind,
  );
}
