import { expect, test } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import { sentence } from "../../reports/html/summary.ts";
import { streamCasesResult } from "./sample-cases.ts";
import { interruptedResult, voidResult } from "./sample-endings.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";

const held: RunResult = {
  ...passedResult,
  thresholds: passedResult.thresholds.filter(({ passed }) => passed),
};
const nothingMade = { made: 0, failed: 0, kinds: {}, failures: [] };

test.each<[string, RunResult, string]>([
  [
    "passed, though one warned",
    passedResult,
    "Everybody saw what they should: 3,228 checks made, none failed, and 1 of 2 thresholds held.",
  ],
  [
    "passed with all thresholds",
    held,
    "Everybody saw what they should: 3,228 checks made, none failed, and the threshold held.",
  ],
  [
    "passed without any",
    { ...held, thresholds: [] },
    "Everybody saw what they should: 3,228 checks made, none failed.",
  ],
  [
    "failed by checks and a threshold",
    {
      ...failedResult,
      thresholds: failedResult.thresholds.map((one) => ({ ...one, level: "error", passed: false })),
    },
    "Somebody saw something wrong: 1,202 of 3,228 checks failed, 2 thresholds of 2 crossed.",
  ],
  ["failed without a check", { ...failedResult, checks: nothingMade, thresholds: [] }, "No check was made."],
  [
    "was void",
    voidResult,
    "The harness was the bottleneck, so no figure here can be believed; 0 of 3,228 checks failed.",
  ],
  [
    "was interrupted",
    interruptedResult,
    "It ended before its end: what was measured by then is here; 0 of 0 checks failed.",
  ],
  ["did cases", streamCasesResult, "Somebody saw something wrong: 2 of 14 checks failed."],
])("of a run that %s the verdict is one sentence", (_, result, told) => {
  expect(sentence(result)).toBe(told);
});
