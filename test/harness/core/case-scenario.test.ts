import { expect, test } from "vitest";
import { casesNamed, defineCases } from "../../../harness/core/case-scenario.ts";
import { smallCases } from "../cases/small-cases.ts";

test("two cases of one id, and an exception of none, are refused together", () => {
  const { kind, ...source } = smallCases;
  const twice = {
    ...source,
    cases: [...source.cases, ...source.cases.slice(0, 1)],
    exceptions: [{ cases: ["9"], modes: ["append" as const], reason: "no" }],
  };
  expect(() => defineCases(twice)).toThrow(
    'scenario "small-cases": there are two cases 1; there is an exception of a case 9, which there is not',
  );
  expect(kind).toBe("cases");
});

test.each([
  ["2", ["2", "2-limit"]],
  ["2-limit", ["2-limit"]],
  ["3", ["3"]],
  ["4", []],
])("the word %s names the cases %j", (word, ids) => {
  expect(casesNamed(smallCases, word)).toEqual(ids);
});
