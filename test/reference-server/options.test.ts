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

test("a socket may be silent for a second to an hour, and by default for as long as in Phoenix", () => {
  expect(parseCommandLine([], {})["idle-timeout-ms"]).toBeUndefined();
  expect(parseCommandLine(["--idle-timeout-ms", "4000"], {})["idle-timeout-ms"]).toBe(4000);
  for (const given of ["999", "3600001", "5s"])
    expect(() => parseCommandLine(["--idle-timeout-ms", given], {})).toThrow("--idle-timeout-ms: ");
});

test("fixed identifiers are for servers that are measured, where nobody else can reach them", () => {
  expect(parseCommandLine(["--fixed-identifiers", "--instrument"], {})["fixed-identifiers"]).toBe(true);
  expect(() => parseCommandLine(["--fixed-identifiers"], {})).toThrow(
    "--fixed-identifiers: only with --instrument: anybody can work out the names and tokens that it gives",
  );
  const open = ["--fixed-identifiers", "--instrument", "--host", "0.0.0.0"];
  expect(() => parseCommandLine(open, {})).toThrow(
    "--fixed-identifiers: not on --host 0.0.0.0, where others can reach the server",
  );
});
