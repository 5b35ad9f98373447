import { expect, test } from "vitest";
import { ProblemCount } from "../../../harness/run/problem-count.ts";

test("the first three problems are told, and all of them counted", () => {
  const told: string[] = [];
  const problems = new ProblemCount((message) => told.push(message));
  for (let number = 1; number <= 5; number += 1) problems.add(`problem ${number}`);
  expect(told).toEqual(["problem 1", "problem 2", "problem 3"]);
  expect(problems.count).toBe(5);
});
