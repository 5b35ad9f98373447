import { expect, test } from "vitest";
import { avatarStyle, initialOf } from "../../../reference-server/web/avatar.ts";

test.each([
  ["alice", "A"],
  ["ünal", "Ü"],
  ["𐐨la", "𐐀"],
  ["𠮷野", "𠮷"],
])("the initial of %s is %s", (name, initial) => {
  expect(initialOf(name)).toBe(initial);
});

// The hashes of "a" and "foobar" in the draft: 0xe40c292c and 0xbf9cf968.
test.each([
  ["a", 0xe40c292c % 360],
  ["foobar", 0xbf9cf968 % 360],
])("the colour of %s is that of its FNV-1a hash", (name, hue) => {
  expect(avatarStyle(name)).toBe(`--hue:${hue}`);
});
