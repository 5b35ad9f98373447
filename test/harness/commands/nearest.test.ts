import { expect, test } from "vitest";
import { nearest, suggestion } from "../../../harness/commands/nearest.ts";

const names = ["users", "browsers", "duration", "rate", "mode", "seed"];

test.each([
  ["user", "users"],
  ["usres", "users"],
  ["USERS", "users"],
  ["dur", "duration"],
  ["modes", "mode"],
  ["browser", "browsers"],
  ["xyzzy", undefined],
  ["", undefined],
])("the nearest to %j is %j", (given, expected) => {
  expect(nearest(given, names)).toBe(expected);
});

test("without a near name all are given", () => {
  expect(suggestion("xyzzy", ["a", "b"], "--")).toBe("; there is --a, --b");
});

test("without any name nothing is", () => {
  expect(suggestion("xyzzy", [])).toBe("");
});
