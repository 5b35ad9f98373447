import type { Metric, MetricLabels } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { gauge } from "./figures.ts";

/** What many sockets carried together. Plain data: it can be sent to another process. */
export interface WireBytes {
  readonly connections: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** What no socket carried. */
export const NO_WIRE_BYTES: WireBytes = { connections: 0, receivedBytes: 0, sentBytes: 0 };

/** Those of several processes, or of the sockets that are open and those that were. */
export function addWireBytes(a: WireBytes, b: WireBytes): WireBytes {
  return {
    connections: a.connections + b.connections,
    receivedBytes: a.receivedBytes + b.receivedBytes,
    sentBytes: a.sentBytes + b.sentBytes,
  };
}

/**
 * What the sockets really carried, together and for one connection: besides the payload the headers of WebSocket frames, the upgrade,
 * heartbeats and pings. Without a connection there is nothing to tell.
 */
export function wireMetrics(
  { connections, receivedBytes, sentBytes }: WireBytes,
  labels: MetricLabels,
): Metric[] {
  if (connections === 0) return [];
  const total = (name: string, value: number): Metric => ({
    name,
    ...labels,
    unit: "bytes",
    kind: "counter",
    values: { value },
  });
  return [
    total(METRIC_NAMES.wireReceived, receivedBytes),
    total(METRIC_NAMES.wireSent, sentBytes),
    gauge(METRIC_NAMES.wireReceivedPerConnection, "bytes", receivedBytes / connections, labels),
    gauge(METRIC_NAMES.wireSentPerConnection, "bytes", sentBytes / connections, labels),
  ];
}
