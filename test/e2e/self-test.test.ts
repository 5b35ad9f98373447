import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FaultCase, SelfTestReport } from "../../harness/core/fault-case.ts";
import { tryFaults } from "../../harness/self-test/try-faults.ts";
import { startBench } from "./bench.ts";

const ENTRY_PATH = fileURLToPath(new URL("../../harness/bin.ts", import.meta.url));

/** One that each kind of evidence tells: the database, deliveries, Chrome, times, bytes, memory. `.ci/run` tries them all. */
const SOME = [
  "drop-delete",
  "duplicate-insert",
  "overwrite-draft",
  "slow-insert",
  "resend-statics",
  "leak-connection",
];

test("defects of the server are caught by what is there for them, and a server without one raises no alarm", {
  timeout: 600_000,
}, async () => {
  const words = ["--only", SOME.join(","), "--at-once", "4", "--json"];
  const { stdout, stderr, exitCode } = await startBench("run", "self-test", ...words).ended;
  const { faults, healthy } = JSON.parse(stdout) as SelfTestReport;
  const notCaught = faults.filter(({ outcome }) => outcome !== "caught");
  expect({ exitCode, notCaught, alarms: healthy.flatMap(({ alarms }) => alarms) }, stderr).toEqual({
    exitCode: 0,
    notCaught: [],
    alarms: [],
  });
  expect(faults.map(({ case: { fault } }) => fault).toSorted()).toEqual(SOME.toSorted());
});

const INSERTS = {
  scenario: "insert-fanout",
  mode: "stream",
  options: ["--users", "5", "--rate", "20", "--duration", "500ms"],
} as const;

test("a fault that a run cannot show is missed, and one that something else shows is not caught either", async () => {
  const cases: readonly FaultCase[] = [
    { fault: "slow-mount", ...INSERTS, by: { kind: "check", check: "delivery" } },
    { fault: "wrong-dom-id", ...INSERTS, by: { kind: "check", check: "frame-invariant" } },
  ];
  const { faults, healthy } = await tryFaults({
    cases,
    entryPath: ENTRY_PATH,
    atOnce: 2,
    signal: new AbortController().signal,
    onVerdict: () => {},
    onHealthy: () => {},
  });
  const outcomes = Object.fromEntries(
    faults.map(({ case: { fault }, outcome, by }) => [fault, [outcome, by]]),
  );
  expect(outcomes).toEqual({
    "slow-mount": ["missed", "delivery"],
    "wrong-dom-id": ["elsewhere", "user-vs-oracle"],
  });
  expect(healthy.map(({ alarms }) => alarms)).toEqual([[]]);
});
