import { expect, test } from "vitest";
import type { FaultVerdict } from "../../harness/core/fault-case.ts";
import { renderSelfTest } from "../../reports/self-test.ts";
import { FAULT_CASES } from "../../scenarios/self-test.ts";

const [first, second, third] = ["drop-delete", "keep-history", "raw-html"].map((fault) => {
  const found = FAULT_CASES.find((one) => one.fault === fault);
  if (found === undefined) throw new Error(`there is no case of ${fault}`);
  return found;
}) as [FaultVerdict["case"], FaultVerdict["case"], FaultVerdict["case"]];

const caught: FaultVerdict = {
  case: first,
  outcome: "caught",
  by: "user-vs-oracle",
  afterMessages: 1050,
  said: "user-0001 is wrong",
};
const missed: FaultVerdict = {
  case: second,
  outcome: "missed",
  by: "memory.server.per_active_connection perUnit -9,645",
  afterMessages: null,
  said: "",
};
const elsewhere: FaultVerdict = {
  case: third,
  outcome: "elsewhere",
  by: "delivery",
  afterMessages: 3,
  said: "user-0002: insert 3 arrived never",
};

test("every fault is a line, and what was not caught is told with what was said of it", () => {
  const healthy = [{ scenario: "deletes", mode: "stream" as const, options: [], alarms: [] }];
  expect(renderSelfTest({ faults: [missed, elsewhere, caught], healthy })).toMatchInlineSnapshot(`
    "fault         what became of it                                             messages
    drop-delete   caught by user-vs-oracle                                         1,050
    keep-history  MISSED by memory.server.per_active_connection perUnit -9,645         —
    raw-html      caught, but by delivery                                              3

    keep-history, in memory-per-connection in stream: nothing was said
    raw-html, in unusual-texts in stream: user-0002: insert 3 arrived never
    1 of 3 faults were caught as they have to be
    1 runs without a fault, alarms: 0
    "
  `);
});

test("what a server without a fault was accused of is told, an alarm a line", () => {
  const alarms = ["user-vs-oracle: user-0001 is wrong", "delivery.lost is 2, not value==0"];
  const healthy = [{ scenario: "deletes", mode: "stream" as const, options: [], alarms }];
  expect(renderSelfTest({ faults: [caught], healthy })).toMatchInlineSnapshot(`
    "fault        what became of it         messages
    drop-delete  caught by user-vs-oracle     1,050

    1 of 1 faults were caught as they have to be
    1 runs without a fault, alarms: 2
    deletes in stream: user-vs-oracle: user-0001 is wrong
    deletes in stream: delivery.lost is 2, not value==0
    "
  `);
});

test("no line of the longest table is longer than 100 characters", () => {
  // What is caught elsewhere is so by a check.
  const faults = FAULT_CASES.map((one): FaultVerdict => {
    const said = { case: one, afterMessages: 10_000, said: "" };
    if (one.by.kind === "check") return { ...said, outcome: "elsewhere", by: one.by.check };
    return { ...said, outcome: "missed", by: `${one.by.metric} ${one.by.reading} +100,000` };
  });
  const lines = renderSelfTest({ faults, healthy: [] }).split("\n");
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});
