import { expect, test } from "vitest";
import { caseOf, type Step, stepSchema } from "../../../harness/core/step.ts";

const AT_RATE = { ratePerSec: 1, durationMs: 1000 };
const CASE = { name: "middle", title: "one in the middle" };

test.each<[Step, string]>([
  [{ kind: "insert", ...AT_RATE, case: CASE }, "insert"],
  [{ kind: "update", ...AT_RATE, case: CASE }, "update"],
  [{ kind: "delete", ...AT_RATE, case: CASE }, "delete"],
  [{ kind: "scrollback", pages: 1, case: CASE }, "prepend"],
])("a case of the step $kind is one of the operation %s", (step, operation) => {
  expect(caseOf(step)).toEqual({ ...CASE, operation });
});

test("a step without a case measures its operation and nothing else", () => {
  expect(caseOf({ kind: "insert", ...AT_RATE })).toBe(undefined);
});

test.each([
  ["a delete of what was edited last", { kind: "delete", ...AT_RATE, target: "same" }, ["target"]],
  ["an insert with a target", { kind: "insert", ...AT_RATE, target: "newest" }, []],
  [
    "a case whose name is no part of a metric's",
    { kind: "scrollback", pages: 1, case: { ...CASE, name: "in the middle" } },
    ["case", "name"],
  ],
])("%s is refused", (_, step, path) => {
  const parsed = stepSchema.safeParse(step);
  expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path]);
});
