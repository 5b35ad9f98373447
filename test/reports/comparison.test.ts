import { expect, test } from "vitest";
import type { Metric } from "../../harness/core/metric.ts";
import {
  deflatedBytes,
  deflatedTakeoverBytes,
  latency,
  METRIC_NAMES,
  payloadBytes,
  serverCpu,
  uncorrected,
} from "../../harness/core/metric-names.ts";
import { comparisonRows } from "../../reports/comparison.ts";
import { passedResult } from "./sample-result.ts";

const mode = "stream";

const exact = (name: string, operation: string, value: number): Metric => ({
  name,
  mode,
  operation,
  unit: "bytes",
  kind: "exact",
  values: { count: 1, min: value, max: value, sum: value, mean: value },
});
const times = (name: string, p50: number, p99: number): Metric => ({
  name,
  mode,
  unit: "us",
  kind: "distribution",
  values: { count: 9, min: p50, mean: p50, max: p99, p50, p90: p99, p99, p999: p99 },
});
const counted = (name: string, value: number, ratePerSec?: number): Metric => ({
  name,
  mode,
  unit: "count",
  kind: "counter",
  values: { value, ...(ratePerSec === undefined ? {} : { ratePerSec }) },
});
const slope = (name: string, perUnit: number): Metric => ({
  name,
  mode,
  unit: "bytes",
  kind: "slope",
  values: { perUnit, intercept: 50_000_000, low: perUnit - 1000, high: perUnit + 1000, count: 9 },
});

/** The table of a run of one mode that has measured this, and checked nothing: a line a row, its cell behind a colon. */
function table(...metrics: Metric[]): string[] {
  const configuration = { ...passedResult.configuration, modes: [mode], steps: [] };
  const checks = { made: 0, failed: 0, kinds: {}, failures: [] };
  return comparisonRows({ ...passedResult, configuration, checks, metrics }, 100).map(({ label, cells }) =>
    cells === undefined ? label : `${label}: ${cells.map(({ text }) => text).join(" | ")}`,
  );
}

test("of a run that measured nothing it is said that nothing was checked", () => {
  expect(table()).toEqual(["Checks: none was made"]);
});

test("processor time of the server is told for each operation for which it was read", () => {
  const cpu = (operation: string, us: number): Metric => ({
    name: serverCpu(operation),
    mode,
    unit: "us",
    kind: "gauge",
    values: { value: us },
  });
  expect(table(cpu("prepend", 950), cpu("insert", 12_340))).toEqual([
    "Processor time of the server",
    "an insert, for everybody: 12.3 ms",
    "a page of history, for one: 0.95 ms",
    "Checks: none was made",
  ]);
});

test("of Chromes it is told how they fared, where any opened a socket", () => {
  const gauge = (name: string, value: number): Metric => ({
    name,
    mode,
    unit: "count",
    kind: "gauge",
    values: { value },
  });
  const fared = [
    gauge(METRIC_NAMES.chromeHeap, 2_750_000),
    gauge(METRIC_NAMES.chromeHeapGrowth, -966_000),
    gauge(METRIC_NAMES.chromeNodes, 15_524),
    gauge(METRIC_NAMES.chromeNodesGrowth, 14_999),
    counted(METRIC_NAMES.chromeLongTasks, 0),
    gauge(METRIC_NAMES.chromeLongestTask, 52_300),
    gauge(METRIC_NAMES.chromeLayoutShift, 0.12345),
    gauge(METRIC_NAMES.chromeMoved, 0.25),
  ];
  expect(table(...fared)).toEqual(["Checks: none was made"]);
  expect(table(counted(METRIC_NAMES.chromeConnections, 2), ...fared)).toEqual([
    "Checks: none was made",
    "Chrome",
    "sockets opened: 2",
    "tasks of 50 ms or more: 0",
    "heap of the page with most: 2.8 MB",
    "  grown over the steps by: −966 KB",
    "DOM nodes of that with most: 15,524",
    "  grown over the steps by: 14,999",
    "longest task: 52.3 ms",
    "layout shift: 0.123",
    "reader moved by, at most: 0.3 px",
  ]);
});

test("times are told from when something was due, and where that is known from when it was begun", () => {
  const insert = latency("insert", "frame");
  expect(
    table(
      times(insert, 3000, 12_000),
      times(uncorrected(insert), 1000, 2000),
      times(latency("insert", "page"), 3100, 12_100),
      times(latency("reconnect", "page"), 2_000_000, 5_000_000),
    ),
  ).toEqual([
    "Latency from when it was due / from when it was begun",
    "insert to the frame, p50: 3.00 ms / 1.00 ms",
    "insert to the frame, p99: 12.0 ms / 2.00 ms",
    "back after the cut, p50: 2,000 ms",
    "back after the cut, p99: 5,000 ms",
    "Checks: none was made",
  ]);
});

test("what frames take deflated is told alone and in context, of the operations that were deflated", () => {
  expect(
    table(
      exact(payloadBytes("insert"), "insert", 900),
      exact(deflatedBytes("insert"), "insert", 400),
      exact(deflatedTakeoverBytes("insert"), "insert", 90),
      exact(payloadBytes("delete"), "delete", 100),
    ),
  ).toEqual([
    "Bytes that one viewer receives: mean (least–most)",
    "insert: 900",
    "delete: 100",
    "Deflated, for one who looks on: alone / with context take-over",
    "insert: 400 / 90",
    "Checks: none was made",
  ]);
});

test("the page over HTTP has its rate, its times and its bytes, and errors", () => {
  expect(
    table(
      counted(METRIC_NAMES.mountRequests, 500, 100),
      times(METRIC_NAMES.mountLatency, 4000, 9000),
      exact(METRIC_NAMES.mountBytes, "mount", 7000),
      counted(METRIC_NAMES.mountErrors, 0),
    ),
  ).toEqual([
    "The page over HTTP",
    "a second: 100",
    "until it had come, p50: 4.00 ms",
    "until it had come, p99: 9.00 ms",
    "bytes: 7,000",
    "errors: 0",
    "Checks: none was made",
  ]);
});

test("memory is that of connections idle and in use, and whether it grows", () => {
  expect(
    table(
      slope(METRIC_NAMES.serverMemoryPerConnection, 15_000),
      slope(METRIC_NAMES.serverMemoryPerActiveConnection, 20_000),
      slope(METRIC_NAMES.serverMemoryGrowth, 5000),
    ),
  ).toMatchInlineSnapshot(`
    [
      "Memory of the server",
      "one more connection: 15.0 KB",
      "  95 % confidence: ± 1.0 KB",
      "  without any: 50.0 MB",
      "one more, in use: 20.0 KB",
      "  95 % confidence: ± 1.0 KB",
      "  without any: 50.0 MB",
      "growth an hour: 5.0 KB",
      "  95 % confidence: ± 1.0 KB",
      "Checks: none was made",
    ]
  `);
});

test("what connections that were lost cost is counted; sections in which nothing was are left out", () => {
  expect(
    table(
      counted(METRIC_NAMES.deliveryExpected, 0),
      counted(METRIC_NAMES.deliveryLost, 0),
      counted(METRIC_NAMES.reconnectExpected, 20),
      counted(METRIC_NAMES.reconnectRecovered, 19),
      counted(METRIC_NAMES.reconnectMissed, 0),
    ),
  ).toEqual([
    "Checks: none was made",
    "Connections lost",
    "users cut off: 20",
    "back in a minute: 19",
    "messages they missed: 0",
  ]);
});
