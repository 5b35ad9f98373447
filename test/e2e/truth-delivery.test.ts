import { expect, test } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import { countOf, runOnStub } from "../truth/bench-on-stub.ts";

const DELIVERIES = ["expected", "received", "lost", "duplicated", "unexpected"] as const;

const deliveriesOf = (result: RunResult) =>
  Object.fromEntries(DELIVERIES.map((what) => [what, countOf(result, `delivery.${what}`)]));

/** Who failed a kind of check, each once. */
const failedBy = ({ checks }: RunResult, kind: string): string[] =>
  [...new Set(checks.failures.filter((one) => one.kind === kind).map(({ who }) => who))].toSorted();

test("of 100 inserts each tenth lost and each twentieth sent twice are counted to the unit, at whom it was", async () => {
  const { result, exitCode } = await runOnStub({
    manners: {
      drop: { receiver: "user-0002", every: 10 },
      duplicate: { receiver: "user-0003", every: 20 },
      swap: { receiver: "user-0004", every: 25 },
    },
    stores: true,
    argv: ["--users", "5", "--rate", "100", "--duration", "1s"],
  });
  expect({ exitCode, verdict: result.verdict, deliveries: deliveriesOf(result) }).toEqual({
    exitCode: 98,
    verdict: "failed",
    // 100 inserts times 5 receivers, who all are in the room all the time.
    deliveries: { expected: 500, received: 490, lost: 10, duplicated: 5, unexpected: 0 },
  });
  expect(failedBy(result, "delivery")).toEqual(["user-0002", "user-0003"]);
  expect(failedBy(result, "user-vs-oracle")).toEqual(["user-0002", "user-0004"]);
});
