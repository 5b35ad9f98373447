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
