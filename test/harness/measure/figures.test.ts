import { expect, test } from "vitest";
import { counter, gauge } from "../../../harness/measure/figures.ts";

test.each([
  [undefined, { value: 30 }],
  [0, { value: 30 }],
  [2000, { value: 30, ratePerSec: 15 }],
])("a counter over %s ms has the values %o", (overMs, values) => {
  expect(counter("delivery.expected", 30, { mode: "stream" }, overMs)).toEqual({
    name: "delivery.expected",
    mode: "stream",
    unit: "count",
    kind: "counter",
    values,
  });
});

test("a gauge has its unit", () => {
  expect(gauge("memory.user", "bytes", 4096)).toEqual({
    name: "memory.user",
    unit: "bytes",
    kind: "gauge",
    values: { value: 4096 },
  });
});
