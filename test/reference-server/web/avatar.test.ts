import { expect, test } from "vitest";
import { initialOf } from "../../../reference-server/web/avatar.ts";

test.each([
  ["alice", "A"],
  ["ünal", "Ü"],
  ["𐐨la", "𐐀"],
  ["𠮷野", "𠮷"],
])("the initial of %s is %s", (name, initial) => {
  expect(initialOf(name)).toBe(initial);
});
