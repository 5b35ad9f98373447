import { expect, test } from "vitest";
import { clientName, errorLine } from "../../../reference-server/live/log-line.ts";

test("a name that a client has chosen stays in its line and its bounds", () => {
  expect(clientName('lv:"a"\nfake line')).toBe('"lv:\\"a\\"\\nfake line"');
  expect(clientName("x".repeat(1000))).toBe(`"${"x".repeat(80)}… (1000 characters)"`);
});

test("an error is told with its stack, and no more of it than can be read", () => {
  const error = new Error("broken");
  expect(errorLine("the view", error)).toBe(`the view: ${error.stack}`);
  expect(errorLine("the view", "a text")).toBe("the view: a text");
  expect(errorLine("the view", new Error("y".repeat(100_000))).length).toBeLessThan(2100);
});
