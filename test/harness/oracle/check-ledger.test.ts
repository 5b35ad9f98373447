import { expect, test } from "vitest";
import type { Failure } from "../../../harness/core/checks.ts";
import { CheckLedger } from "../../../harness/oracle/check-ledger.ts";

const failure = (who: string, mode = "stream"): Failure => ({
  kind: "user-vs-oracle",
  mode,
  step: "1 insert",
  who,
  expected: "messages-1",
  actual: "messages-2",
  message: `${who} is wrong`,
});

test("checks are counted by kind and mode, in the order of the kinds", () => {
  const ledger = new CheckLedger();
  ledger.pass("console-clean", "stream");
  ledger.pass("user-vs-oracle", "stream", 199);
  ledger.fail(failure("user 7"));
  ledger.pass("user-vs-oracle", "stateful", 200);
  expect(ledger.checks()).toEqual({
    made: 401,
    failed: 1,
    kinds: {
      "user-vs-oracle": {
        made: 400,
        failed: 1,
        modes: { stream: { made: 200, failed: 1 }, stateful: { made: 200, failed: 0 } },
      },
      "console-clean": { made: 1, failed: 0, modes: { stream: { made: 1, failed: 0 } } },
    },
    failures: [failure("user 7")],
  });
  expect(Object.keys(ledger.checks().kinds)).toEqual(["user-vs-oracle", "console-clean"]);
});

test("only the first failures are kept, and all are counted", () => {
  const ledger = new CheckLedger(2);
  for (const who of ["user 1", "user 2", "user 3"]) ledger.fail(failure(who));
  expect(ledger.checks()).toMatchObject({ made: 3, failed: 3 });
  expect(ledger.checks().failures.map(({ who }) => who)).toEqual(["user 1", "user 2"]);
});

test("no check is no kind", () => {
  expect(new CheckLedger().checks()).toEqual({ made: 0, failed: 0, kinds: {}, failures: [] });
});

test("the parts of several processes, added up, are counted as one, and the first failures kept", () => {
  const one = new CheckLedger(2);
  one.pass("delivery", "stream", 10);
  one.fail(failure("user 1"));
  const two = new CheckLedger(2);
  two.pass("delivery", "stream", 5);
  two.pass("delivery", "stateful", 7);
  two.fail(failure("user 2"));
  two.fail(failure("user 3"));
  const merged = new CheckLedger(2);
  for (const part of [one, two]) merged.addTransfer(structuredClone(part.toTransfer()));
  expect(merged.checks()).toEqual({
    made: 25,
    failed: 3,
    kinds: {
      "user-vs-oracle": { made: 3, failed: 3, modes: { stream: { made: 3, failed: 3 } } },
      delivery: {
        made: 22,
        failed: 0,
        modes: { stream: { made: 15, failed: 0 }, stateful: { made: 7, failed: 0 } },
      },
    },
    failures: [failure("user 1"), failure("user 2")],
  });
  // What was given away is not shared with what was kept.
  one.pass("delivery", "stream");
  expect(merged.checks().made).toBe(25);
});

test("a failure tells how many messages there had been, where somebody counts them", () => {
  let messages = 3;
  const ledger = new CheckLedger(20, () => messages);
  ledger.fail(failure("user 1"));
  messages = 5;
  ledger.fail(failure("user 2"));
  expect(ledger.checks().failures.map(({ afterMessages }) => afterMessages)).toEqual([3, 5]);
});
