import { type LatencyPoint, latency, uncorrected } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { find, measured } from "./figure-rows.ts";
import type { Detail } from "./payload-rows.ts";
import { time } from "./quantities.ts";
import type { Row } from "./table.ts";

/** What operations are called where their times are told, in the order in which they are. */
const OPERATIONS: Readonly<Record<string, string>> = {
  insert: "insert",
  update: "edit",
  delete: "delete",
  prepend: "a page of history",
  switch: "to another room",
  arrive: "a visitor joins",
  return: "closed, opened again",
  reconnect: "back after the cut",
};

const POINTS: Readonly<Record<LatencyPoint, string>> = {
  frame: "to the frame",
  // Where nothing else is told it goes without saying.
  page: "",
  dom: "to the DOM",
  reply: "answered",
};

/** What a latency is called: `insert to the frame` of `latency.insert.frame`; as it is where no report tells it. */
export function latencyLabel(name: string): string {
  const [, operation = "", point = ""] = /^latency\.([^.]+)\.([^.]+)$/.exec(name) ?? [];
  const where = POINTS[point as LatencyPoint];
  return where === undefined ? name : `${OPERATIONS[operation] ?? operation} ${where}`.trim();
}

/** The page is up to date some microseconds after the frame: it is told of only where no frame tells. */
function pointsOf({ metrics }: RunResult, operation: string): LatencyPoint[] {
  const has = (point: LatencyPoint) => metrics.some(({ name }) => name === latency(operation, point));
  return (["frame", "page", "dom", "reply"] as const).filter(
    (point) => has(point) && !(point === "page" && has("frame")),
  );
}

/** A latency that a report tells. */
export interface ToldLatency {
  /** `insert to the frame` */
  readonly label: string;
  /** `latency.insert.frame` */
  readonly name: string;
}

/** The latencies of a run that reports tell, in their order. */
export function toldLatencies(result: RunResult): ToldLatency[] {
  return Object.entries(OPERATIONS).flatMap(([operation, label]) =>
    pointsOf(result, operation).map((point) => ({
      label: `${label} ${POINTS[point]}`.trim(),
      name: latency(operation, point),
    })),
  );
}

/**
 * How long operations took, from when they were due, and in full detail behind the stroke from when they were really begun:
 * where the two differ, the generator or its users were late. No rows where no time was measured.
 */
export function latencyRows(result: RunResult, detail: Detail): Row[] {
  const { metrics, configuration } = result;
  const rows = toldLatencies(result).flatMap(({ label, name }) =>
    (["p50", "p99"] as const).map((percentile) =>
      measured(`${label}, ${percentile}`, configuration.modes, (mode) => {
        const due = find(metrics, name, mode, "distribution");
        const start = find(metrics, uncorrected(name), mode, "distribution");
        if (due === undefined) return undefined;
        const text = time(due.values[percentile]);
        if (detail === "mean") return { text };
        return { text: start === undefined ? text : `${text} / ${time(start.values[percentile])}` };
      }),
    ),
  );
  const heading =
    detail === "mean"
      ? "Latency from when it was due"
      : "Latency from when it was due / from when it was begun";
  return rows.length === 0 ? [] : [{ label: heading }, ...rows];
}
