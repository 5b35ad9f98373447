import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { parseAccounts, readAccounts } from "../../../harness/target/accounts-file.ts";
import { temporaryFolder } from "../../e2e/bench.ts";

const ADA = { name: "ada", password: "tea, with milk" };
const BOB = { name: "bob", password: null };

test.each([
  ["CSV", "ada,tea, with milk\nbob\n"],
  [
    "CSV with a heading, a comment, and the ends of lines of elsewhere",
    "\uFEFFname,password\r\n# two\r\n\r\nada,tea, with milk\r\nbob\r\n",
  ],
  ["CSV in quotes", '"ada","tea, with milk"\n"bob"'],
  ["JSON", ' [{"name":"ada","password":"tea, with milk"},{"name":"bob"}]'],
])("accounts are read from %s", (_, text) => {
  expect(parseAccounts(text, "users")).toEqual([ADA, BOB]);
});

test("quotes and spaces of a password are its own", () => {
  expect(parseAccounts('"a, b","say ""hi"""\nc, d "e" ', "users")).toEqual([
    { name: "a, b", password: 'say "hi"' },
    { name: "c", password: ' d "e" ' },
  ]);
});

test.each([
  ["a line without a name", "ada,x\n,secret\n", "line 2 has no name"],
  ["one account twice", "ada,x\nada,y\n", "ada is there twice: each user has an account of his own"],
  ["JSON that is none", '[{"name": "ada", "password": secret}]', "is no JSON"],
  [
    "JSON without names",
    '[{"password": "secret"}]',
    "[0].name: Invalid input: expected string, received undefined",
  ],
])("%s is refused, and no password is quoted", (_, text, why) => {
  expect(() => parseAccounts(text, "users.csv")).toThrow(
    new UsageError(`users.csv is no file of accounts: ${why}`, { code: "bad-credentials" }),
  );
});

test("a file with fewer accounts than a run needs is refused, with both numbers", () => {
  const file = join(temporaryFolder(), "users.csv");
  writeFileSync(file, "ada,x\nbob,y\n");
  const scheme = { name: "u{number}" };
  expect(readAccounts(file, scheme, 2)).toMatchObject({
    kind: "list",
    list: [{ name: "ada" }, { name: "bob" }],
  });
  expect(() => readAccounts(file, scheme, 3)).toThrow(
    new UsageError(`${file} has 2 accounts, and 3 are needed: one for each user and each Chrome`, {
      code: "too-few-accounts",
    }),
  );
});

test("without a file accounts are named by the configuration's scheme, or else by the site's", () => {
  const scheme = { name: "u{number}" };
  expect(readAccounts(undefined, scheme, 9)).toEqual({ kind: "scheme", scheme });
  expect(readAccounts({ name: "x{number}" }, scheme, 9)).toEqual({
    kind: "scheme",
    scheme: { name: "x{number}" },
  });
});
