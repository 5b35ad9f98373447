import { expect, test } from "vitest";
import { CaseBook } from "../../../harness/cases/case-book.ts";
import { makeCasesResult } from "../../../harness/cases/cases-result.ts";
import type { CaseDifference } from "../../../harness/core/case-result.ts";
import { parseRunResult, serializeRunResult } from "../../../harness/core/run-result.ts";
import { smallCases } from "./small-cases.ts";

const difference: CaseDifference = {
  who: "user",
  step: "step 1: delete a",
  what: "the list",
  expected: ["b"],
  actual: ["a", "b"],
};

function resultOf(book: CaseBook) {
  return makeCasesResult({
    definition: smallCases,
    book,
    modes: ["stream", "append"],
    target: null,
    health: {
      loopDelayUs: { samples: 300, mean: 900_000, p99: 900_000, max: 900_000 },
      cpuPercent: 100,
      gcPercent: 90,
      longestGcUs: 900_000,
      madeStarts: 0,
      droppedStarts: 0,
      lateStarts: 0,
      maxLateUs: 0,
    },
    environment: { node: "v24", platform: "linux-x64", cpus: 2, memoryBytes: 1, benchVersion: "0.1.0" },
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 1,
    endedEarly: undefined,
  });
}

test("each case is a check in Chrome and one by a user, in each mode", () => {
  const book = new CaseBook(smallCases, ["1", "2"]);
  book.done("1", "stream", []);
  book.done("1", "append", []);
  book.done("2", "stream", [difference]);
  book.leftOut("2", "append", "nothing can be taken out");
  expect(book.results()).toEqual([
    {
      id: "1",
      name: "an insert comes last",
      modes: { stream: { outcome: "held" }, append: { outcome: "held" } },
    },
    {
      id: "2",
      name: "a delete",
      source: "2686",
      modes: {
        stream: { outcome: "failed", differences: [difference] },
        append: { outcome: "left-out", reason: "nothing can be taken out" },
      },
    },
  ]);
  expect(book.checks()).toEqual({
    made: 6,
    failed: 1,
    kinds: {
      "case-in-chrome": {
        made: 3,
        failed: 0,
        modes: { stream: { made: 2, failed: 0 }, append: { made: 1, failed: 0 } },
      },
      "case-by-user": {
        made: 3,
        failed: 1,
        modes: { stream: { made: 2, failed: 1 }, append: { made: 1, failed: 0 } },
      },
    },
    failures: [
      {
        kind: "case-by-user",
        mode: "stream",
        step: "case 2",
        who: "user",
        expected: "b",
        actual: "a, b",
        message: "user: the list is not as it must be at step 1: delete a",
      },
    ],
  });
  expect(resultOf(book)).toMatchObject({ verdict: "failed", exitCode: 98 });
});

test("where all hold the run has passed, on however busy a machine, and its result can be read again", () => {
  const book = new CaseBook(smallCases, undefined);
  book.done("1", "stream", []);
  const result = resultOf(book);
  expect([result.verdict, result.exitCode, result.generator.reasons]).toEqual(["passed", 0, []]);
  expect(result.cases?.map(({ id, modes }) => [id, Object.keys(modes)])).toEqual([
    ["1", ["stream"]],
    ["2", []],
    ["2-limit", []],
    ["3", []],
  ]);
  expect(parseRunResult(serializeRunResult(result), "x")).toEqual(result);
});

test("where nothing was done it has not", () => {
  expect(resultOf(new CaseBook(smallCases, undefined))).toMatchObject({ verdict: "failed", exitCode: 98 });
});
