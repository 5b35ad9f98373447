import { expect, test } from "vitest";
import { chromeNames, userNames } from "../../../harness/crowd/names.ts";

test("users are numbered from 1, their names of one width", () => {
  const names = userNames(1000);
  expect([names[0], names[9], names[999]]).toEqual(["user-0001", "user-0010", "user-1000"]);
  expect(new Set(names.map(({ length }) => length))).toEqual(new Set([9]));
});

test("Chromes are numbered from 1", () => {
  expect(chromeNames(2)).toEqual(["chrome-1", "chrome-2"]);
  expect(chromeNames(0)).toEqual([]);
});
