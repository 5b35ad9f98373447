import { expect, test } from "vitest";
import { visible, wrap } from "../../reports/wrap.ts";

test.each([
  ["", [""]],
  ["one two", ["one two"]],
  ["one two three", ["one two", "three"]],
  ["one twothreefour", ["one", "twothree", "four"]],
  ["twothreefour five", ["twothree", "four", "five"]],
  ["abc😀😀😀😀", ["abc😀😀", "😀😀"]],
])("%j in 8 characters is %j", (text, lines) => {
  expect(wrap(text, 8)).toEqual(lines);
});

test("control characters and those that turn the direction are written out", () => {
  expect(visible("a\u001b[31m\n\u202eb é 😀")).toBe("a\\u001b[31m\\u000a\\u202eb é 😀");
});
