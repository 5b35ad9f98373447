import { expect, test } from "vitest";
import { parseCommandLine } from "../../reference-server/options.ts";

const URL = "postgres://chat@db.example/chat";

test.each([
  [
    "the command line's, whatever the environment says",
    ["--database", "chat.db"],
    { DATABASE_URL: URL },
    "chat.db",
  ],
  ["the environment's, where the command line says nothing", [], { DATABASE_URL: URL }, URL],
  ["in memory, where nobody says anything", [], {}, ":memory:"],
  ["in memory, where the variable is empty", [], { DATABASE_URL: "" }, ":memory:"],
])("the database is %s", (_, args, env, database) => {
  expect(parseCommandLine(args, env).database).toBe(database);
});

test("a database that is named by nothing is refused", () => {
  expect(() => parseCommandLine(["--database", ""], {})).toThrow("--database: ");
});

test.each(["0", "1001", "2.5"])("%s rooms are refused", (rooms) => {
  expect(() => parseCommandLine(["--rooms", rooms], {})).toThrow("--rooms: ");
});
