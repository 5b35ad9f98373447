import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { CrowdWatch } from "../../../harness/run/crowd-watch.ts";
import type { Progress } from "../../../harness/run/progress.ts";
import { RunRecord } from "../../../harness/run/run-record.ts";
import { fakeGenerators } from "./fake-generators.ts";

/** A watch over so many users of so many processes, and what it shows. */
function watching(users: number, processes: number) {
  const shown: string[] = [];
  const progress: Progress = {
    isLive: false,
    show: () => {},
    update: (activity, detail) =>
      void shown.push(detail === undefined ? activity : `${activity} (${detail})`),
    say: (line) => void shown.push(`! ${line}`),
    end: () => {},
  };
  const record = new RunRecord(processes);
  const { generators, asked } = fakeGenerators(processes);
  return {
    watch: new CrowdWatch({ mode: "stream", progress, record, users, generators }),
    shown,
    record,
    asked,
  };
}

test("how far everybody is, is shown as it goes on, and counted anew for what comes next", () => {
  const { watch, shown } = watching(2, 1);
  watch.begin("joining", 2);
  watch.onEvent({ kind: "progress" }, 0);
  watch.advance();
  watch.begin("checking");
  watch.onEvent({ kind: "progress" }, 0);
  expect(shown).toEqual([
    "stream: joining",
    "stream: joining (1 of 2)",
    "stream: joining (2 of 2)",
    "stream: checking",
    "stream: checking (1)",
  ]);
});

test("what failed and who was lost is counted, and the first of each kind are told", () => {
  const { watch, shown } = watching(20, 1);
  for (const number of [1, 2, 3, 4, 5])
    watch.onEvent({ kind: "action-failed", message: `failure ${number}` }, 0);
  watch.onEvent({ kind: "user-lost", message: "user-0001 was cut off" }, 0);
  expect([watch.failedActions, watch.lostUsers]).toEqual([5, 1]);
  expect(shown).toEqual([
    "! stream: failure 1",
    "! stream: failure 2",
    "! stream: failure 3",
    "! stream: user-0001 was cut off",
  ]);
});

test("a deletion that one process makes is foretold to all others", () => {
  const { watch, asked } = watching(20, 3);
  const deletion = { itemId: "messages-1", dueUs: micros(5), startUs: micros(6) };
  watch.onEvent({ kind: "deleting", deletion }, 1);
  expect(asked).toEqual(['all but 1: foretell {"itemId":"messages-1","dueUs":5,"startUs":6}']);
});

test.each([
  [10, 3, [4, 3, 3]],
  [9, 3, [3, 3, 3]],
  [2, 4, [1, 1, 0, 0]],
  [1, 1, [1]],
])("of %i users in %i processes, each that dies takes its own with it: %j", (users, processes, its) => {
  expect(
    its.map((_, part) => {
      const { watch } = watching(users, processes);
      watch.onDeath(part, "SIGKILL");
      return watch.lostUsers + 0;
    }),
  ).toEqual(its);
  const { watch } = watching(users, processes);
  for (const part of its.keys()) watch.onDeath(part, "SIGKILL");
  expect(watch.lostUsers).toBe(users);
});

test("a death is said with how it came and whom it cost, and makes the run one that is not to be believed", () => {
  const { watch, shown, record } = watching(10, 3);
  watch.onEvent({ kind: "user-lost", message: "user-0001 was cut off" }, 0);
  watch.onDeath(1, "SIGKILL");
  expect(watch.lostUsers).toBe(4);
  expect(shown.at(-1)).toBe("! stream: generator process 2 of 3 ended (SIGKILL): its 3 users are lost");
  expect(record.losses).toEqual([
    "In stream generator process 2 of 3 ended (SIGKILL): its 3 users are lost, and the load was not the one that was asked for.",
  ]);
});
