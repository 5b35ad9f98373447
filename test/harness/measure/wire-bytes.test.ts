import { expect, test } from "vitest";
import { addWireBytes, NO_WIRE_BYTES, wireMetrics } from "../../../harness/measure/wire-bytes.ts";

test("what sockets carried is added up, and told for all and for one", () => {
  const one = addWireBytes(NO_WIRE_BYTES, { connections: 2, receivedBytes: 3001, sentBytes: 500 });
  const all = addWireBytes(one, { connections: 2, receivedBytes: 999, sentBytes: 100 });
  expect(all).toEqual({ connections: 4, receivedBytes: 4000, sentBytes: 600 });
  expect(
    wireMetrics(all, { mode: "stream" }).map(({ name, mode, unit, kind, values }) => [
      name,
      mode,
      unit,
      kind,
      values,
    ]),
  ).toEqual([
    ["wire.received", "stream", "bytes", "counter", { value: 4000 }],
    ["wire.sent", "stream", "bytes", "counter", { value: 600 }],
    ["wire.received.per_connection", "stream", "bytes", "gauge", { value: 1000 }],
    ["wire.sent.per_connection", "stream", "bytes", "gauge", { value: 150 }],
  ]);
});

test("no connection is no metric", () => {
  expect(wireMetrics(NO_WIRE_BYTES, { mode: "stream" })).toEqual([]);
});
