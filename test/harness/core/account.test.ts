import { expect, test } from "vitest";
import { type AccountScheme, accountAt, accountCount } from "../../../harness/core/account.ts";

test.each<[string, AccountScheme, object]>([
  ["as they are", { name: "user-{number}" }, { name: "user-3", password: null }],
  [
    "in so many digits",
    { name: "u{number:4}@x.org", password: "pw" },
    { name: "u0003@x.org", password: "pw" },
  ],
  ["in the password too", { name: "{number}", password: "pw {number:2}" }, { name: "3", password: "pw 03" }],
])("a scheme has its numbers %s, and never ends", (_, scheme, account) => {
  expect(accountAt({ kind: "scheme", scheme }, 2)).toEqual(account);
  expect(accountCount({ kind: "scheme", scheme })).toBe(Number.POSITIVE_INFINITY);
});

test("a list has the accounts that it has", () => {
  const list = [{ name: "ada", password: "x" }];
  expect([0, 1].map((index) => accountAt({ kind: "list", list }, index))).toEqual([list[0], undefined]);
  expect(accountCount({ kind: "list", list })).toBe(1);
});
