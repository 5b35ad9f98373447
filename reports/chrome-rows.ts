import { METRIC_NAMES } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, measured } from "./figure-rows.ts";
import { integer, memory, time } from "./quantities.ts";
import type { Row } from "./table.ts";

const ROWS: readonly (readonly [label: string, name: string, text: (value: number) => string])[] = [
  ["heap of the page with most", METRIC_NAMES.chromeHeap, memory],
  ["  grown over the steps by", METRIC_NAMES.chromeHeapGrowth, signed(memory)],
  ["DOM nodes of that with most", METRIC_NAMES.chromeNodes, integer],
  ["  grown over the steps by", METRIC_NAMES.chromeNodesGrowth, signed(integer)],
  ["longest task", METRIC_NAMES.chromeLongestTask, time],
  ["layout shift", METRIC_NAMES.chromeLayoutShift, (score) => score.toFixed(3)],
  ["reader moved by, at most", METRIC_NAMES.chromeMoved, (px) => `${px.toFixed(1)} px`],
];

/** How Chromes fared; no rows where none took part. */
export function chromeRows({ metrics, configuration: { modes } }: RunResult): Row[] {
  const isCounted = (name: string) =>
    metrics.some((metric) => metric.name === name && metric.kind === "counter" && metric.values.value > 0);
  const counts = [
    ["sockets opened", METRIC_NAMES.chromeConnections],
    ["tasks of 50 ms or more", METRIC_NAMES.chromeLongTasks],
  ] as const;
  if (!isCounted(METRIC_NAMES.chromeConnections)) return [];
  const isThere = (name: string) => metrics.some((metric) => metric.name === name);
  return [
    { label: "Chrome" },
    ...counts
      .filter(([, name]) => isThere(name))
      .map(([label, name]) =>
        measured(label, modes, (mode) => {
          const value = find(metrics, name, mode, "counter")?.values.value;
          return value === undefined ? undefined : { text: integer(value) };
        }),
      ),
    ...ROWS.filter(([, name]) => isThere(name)).map(([label, name, text]) =>
      measured(label, modes, (mode) => {
        const value = find(metrics, name, mode, "gauge")?.values.value;
        return value === undefined ? undefined : { text: text(value) };
      }),
    ),
  ];
}

/** A page may hold less in the end than at first. */
function signed(text: (value: number) => string): (value: number) => string {
  return (value) => (value < 0 ? `−${text(-value)}` : text(value));
}
