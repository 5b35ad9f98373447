import { expect, test } from "vitest";
import { fixedIdentifiers, RANDOM_IDENTIFIERS } from "../../reference-server/identifiers.ts";
import { isLoopback } from "../../reference-server/web/loopback-only.ts";

test("names by chance are as long as asked for, and no two the same", () => {
  const names = Array.from({ length: 100 }, () => RANDOM_IDENTIFIERS.draw(12, "alice"));
  expect(new Set(names).size).toBe(100);
  expect(names[0]).toMatch(/^[\w-]{16}$/);
});

test("fixed names are the same in each run, whoever else draws in between, and others for another seed", () => {
  const [one, again, other] = [fixedIdentifiers(1), fixedIdentifiers(1), fixedIdentifiers(2)];
  const names = [one.draw(12, "alice"), one.draw(12, "alice")];
  again.draw(12, "bob");
  const first = again.draw(12, "alice");
  again.draw(12, "bob");
  expect([first, again.draw(12, "alice")]).toEqual(names);
  expect(names[0]).toMatch(/^[\w-]{16}$/);
  expect(new Set([...names, again.draw(12, "bob"), other.draw(12, "alice")]).size).toBe(4);
});

test("more bytes than there are to draw are refused", () => {
  expect(() => fixedIdentifiers(1).draw(33, "alice")).toThrow("33 bytes: there are 32 to draw");
});

test.each([
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["::1", true],
  ["localhost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.0.7", false],
  ["chat.example", false],
])("%s is a loopback address: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
