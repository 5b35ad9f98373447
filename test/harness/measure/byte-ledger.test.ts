import fc from "fast-check";
import { expect, test } from "vitest";
import { bytes } from "../../../harness/core/units.ts";
import { ByteLedger } from "../../../harness/measure/byte-ledger.ts";

test("bytes are counted exactly, by mode and operation, in the order in which they were seen", () => {
  const ledger = new ByteLedger();
  ledger.record("stream", "insert", bytes(911));
  ledger.record("stream", "insert", bytes(910));
  ledger.record("stream", "insert", bytes(910));
  ledger.record("stream", "delete", bytes(102));
  ledger.record("stateful", "insert", bytes(841));
  expect(ledger.metrics()).toEqual([
    {
      name: "payload.insert.bytes",
      mode: "stream",
      operation: "insert",
      unit: "bytes",
      kind: "exact",
      values: { count: 3, min: 910, max: 911, sum: 2731, mean: 2731 / 3 },
      sizes: [
        { value: 910, count: 2 },
        { value: 911, count: 1 },
      ],
    },
    {
      name: "payload.delete.bytes",
      mode: "stream",
      operation: "delete",
      unit: "bytes",
      kind: "exact",
      values: { count: 1, min: 102, max: 102, sum: 102, mean: 102 },
      sizes: [{ value: 102, count: 1 }],
    },
    {
      name: "payload.insert.bytes",
      mode: "stateful",
      operation: "insert",
      unit: "bytes",
      kind: "exact",
      values: { count: 1, min: 841, max: 841, sum: 841, mean: 841 },
      sizes: [{ value: 841, count: 1 }],
    },
  ]);
});

test("a case of an operation is counted for itself, under a name of its own", () => {
  const ledger = new ByteLedger();
  ledger.record("stream", "update", bytes(926));
  ledger.record("stream", "update", bytes(926), "again");
  ledger.record("stream", "update", bytes(910));
  expect(
    ledger.metrics().map(({ name, operation, case: of, values }) => [name, operation, of, values.sum]),
  ).toEqual([
    ["payload.update.bytes", "update", undefined, 1836],
    ["payload.update.again.bytes", "update", "again", 926],
  ]);
});

test("only the 64 smallest sizes are told apart, and min, max and sum stay exact", () => {
  const ledger = new ByteLedger();
  for (let size = 100; size >= 1; size -= 1) ledger.record("stream", "insert", bytes(size));
  const [metric] = ledger.metrics();
  expect(metric?.values).toEqual({ count: 100, min: 1, max: 100, sum: 5050, mean: 50.5 });
  expect([metric?.sizes?.length, metric?.sizes?.at(-1), metric?.otherSizes]).toEqual([
    64,
    { value: 64, count: 1 },
    36,
  ]);
});

test("nothing recorded is no metric", () => {
  expect(new ByteLedger().metrics()).toEqual([]);
});

test("the parts of several processes, added in any order, are what one ledger would have counted", () => {
  const frame = fc.record({
    part: fc.nat(2),
    operation: fc.constantFrom("insert", "insert", "insert", "update"),
    caseName: fc.constantFrom(undefined, undefined, undefined, "again"),
    size: fc.nat(500),
  });
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 700, size: "max" }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      (frames, order) => {
        const whole = new ByteLedger();
        const parts = order.map(() => new ByteLedger());
        for (const { part, operation, caseName, size } of frames) {
          whole.record("stream", operation, bytes(size), caseName);
          parts[part]?.record("stream", operation, bytes(size), caseName);
        }
        const merged = new ByteLedger();
        for (const part of order) merged.addTransfer(structuredClone(parts[part]?.toTransfer() ?? []));
        const sorted = (ledger: ByteLedger) =>
          ledger.metrics().toSorted((a, b) => (a.name < b.name ? -1 : 1));
        expect(sorted(merged)).toEqual(sorted(whole));
      },
    ),
  );
});
