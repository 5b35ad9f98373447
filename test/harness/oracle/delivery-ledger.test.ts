import { expect, test } from "vitest";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";
import { DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";

const checkpoint = { mode: "stream", step: "1 insert" };

test("every insert at every receiver once is a check a receiver that holds", () => {
  const delivery = new DeliveryLedger(["user 1", "Chrome 1"]);
  for (const sequence of [5, 6, 700]) {
    delivery.received(0, sequence);
    delivery.sent(sequence);
    delivery.received(1, sequence);
  }
  const ledger = new CheckLedger();
  delivery.check(checkpoint, ledger);
  expect(delivery.counts()).toEqual({ expected: 6, received: 6, lost: 0, duplicated: 0 });
  expect(ledger.checks()).toMatchObject({ made: 2, failed: 0 });
});

test("what is lost, doubled or made by nobody fails the check of its receiver", () => {
  const delivery = new DeliveryLedger(["user 1", "user 2", "user 3", "user 4"]);
  delivery.sent(0);
  delivery.sent(1);
  delivery.received(0, 0);
  delivery.received(0, 1);
  delivery.received(1, 0);
  delivery.received(2, 0);
  delivery.received(2, 0);
  delivery.received(2, 0);
  delivery.received(2, 1);
  delivery.received(3, 0);
  delivery.received(3, 1);
  delivery.received(3, 2);
  const ledger = new CheckLedger();
  delivery.check(checkpoint, ledger);
  expect(delivery.counts()).toEqual({ expected: 8, received: 7, lost: 1, duplicated: 2 });
  expect(ledger.checks()).toMatchObject({ made: 4, failed: 3 });
  expect(ledger.checks().failures.map(({ message }) => message)).toEqual([
    "user 2: insert 1 arrived never, expected once",
    "user 3: insert 0 arrived 3 times, expected once",
    "user 4: insert 2 arrived once, expected never",
  ]);
});

test("the counts are metrics of their mode", () => {
  const delivery = new DeliveryLedger(["user 1"]);
  delivery.sent(0);
  expect(delivery.metrics("stream").map(({ name, mode, values }) => [name, mode, values.value])).toEqual([
    ["delivery.expected", "stream", 1],
    ["delivery.received", "stream", 0],
    ["delivery.lost", "stream", 1],
    ["delivery.duplicated", "stream", 0],
  ]);
});

test("a receiver that is unknown is a defect of the caller", () => {
  expect(() => new DeliveryLedger([]).received(0, 1)).toThrow("there is no receiver 0");
});
