import { describe, expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { roomIds, targetConfigSchema } from "../../../harness/core/target-config.ts";
import { parseTargetConfig, readTargetConfig } from "../../../harness/target/read-config.ts";

const FILE = "/srv/acme/chat.json";
const parsed = (config: object) => parseTargetConfig(JSON.stringify(config), FILE);

test("a file that says nothing is one: all of it is looked for", () => {
  expect(parsed({})).toEqual({});
});

test("a file that says everything is read, its defaults filled in and its paths made absolute", () => {
  const config = {
    url: "https://127.0.0.1:4000",
    name: "Acme Chat",
    rooms: { path: "/{mode}/rooms/{room}", ids: { from: 3, to: 5 }, link: "#r{room}" },
    logIn: { steps: [{ path: "/in", form: "#in", fields: { who: "{name}" } }, { path: "/code" }] },
    credentials: "users.csv",
    socketPath: "/socket/live",
    connectParams: { locale: "en" },
    list: { container: "#list", fields: { content: ".text" } },
    send: { form: "#send", field: "text" },
    edit: { button: ".edit", form: "#edit", field: "text" },
    delete: null,
    pageSize: 20,
    database: "chat.db",
    serverPid: 4711,
    start: {
      command: "bin/server",
      args: ["start"],
      cwd: "app",
      env: { PORT: "4000" },
      ready: { url: "/up" },
    },
    reset: { command: "mix", args: ["ecto.reset"] },
    tls: { ca: "../ca.pem" },
    thresholds: { "latency.insert.frame": ["p(99)<50", { threshold: "max<500", level: "warn" }] },
  };
  expect(parsed(config)).toEqual({
    ...config,
    credentials: "/srv/acme/users.csv",
    database: "/srv/acme/chat.db",
    start: {
      ...config.start,
      command: "/srv/acme/app/bin/server",
      cwd: "/srv/acme/app",
      ready: { url: "/up", timeoutMs: 30_000 },
    },
    reset: { ...config.reset, env: {}, cwd: "/srv/acme" },
    tls: { ca: "/srv/ca.pem" },
  });
  expect(roomIds(parsed(config))).toEqual([3, 4, 5]);
});

test.each<[string, object, object]>([
  ["the URL of a database", { database: "postgres://db/chat" }, { database: "postgres://db/chat" }],
  [
    "a request that resets, which is sent by POST",
    { reset: { request: { path: "/reset" } } },
    { reset: { request: { method: "POST", path: "/reset" } } },
  ],
  ["a scheme of accounts", { credentials: { name: "u{number}" } }, { credentials: { name: "u{number}" } }],
])("%s stays as it is", (_, config, expected) => {
  expect(parsed(config)).toEqual(expected);
});

describe("problems", () => {
  const problem = (text: string) => {
    try {
      parseTargetConfig(text, FILE);
    } catch (error) {
      if (error instanceof UsageError) return [error.code, error.message];
    }
    return null;
  };

  test.each<[string, object, string]>([
    ["a key that there is not", { room: {} }, 'Unrecognized key: "room"'],
    ["a URL of another kind", { url: "ftp://x.test" }, "url: must be an http or https URL"],
    [
      "a path on another host",
      { rooms: { path: "//x.test/1" } },
      "rooms.path: must be a path that begins with one /",
    ],
    [
      "a log-in that is neither",
      { logIn: "no" },
      'logIn: must be "none", or { "steps": [{ "path", "form", "fields" }] }',
    ],
    [
      "accounts that are all the same",
      { credentials: { name: "ada" } },
      "credentials.name: must have {number} in it, or all users are one",
    ],
    [
      "names of rooms beside a database",
      { rooms: { path: "/{room}", ids: ["lobby"] }, database: "chat.db" },
      "rooms.ids: must be the rooms' ids in the database: whole numbers",
    ],
  ])("%s is named with its place", (_, config, message) => {
    expect(problem(JSON.stringify(config))).toEqual(["bad-config", `${FILE}: ${message}`]);
  });

  test("are told all at once", () => {
    expect(problem(JSON.stringify({ pageSize: 0, tls: {} }))?.[1]).toBe(
      `${FILE} has 2 problems:\n` +
        "  pageSize: Too small: expected number to be >0\n" +
        "  tls.ca: Invalid input: expected string, received undefined",
    );
  });

  test("a file that is no JSON, or not there, is said to be so", () => {
    expect(problem("{")?.[1]).toMatch(/^\/srv\/acme\/chat\.json is no JSON: /);
    expect(() => readTargetConfig("/nowhere/chat.json")).toThrow(
      "/nowhere/chat.json cannot be read: ENOENT: no such file or directory, open '/nowhere/chat.json'",
    );
  });
});

test("rooms are counted as they stand, and none where none are said", () => {
  const ids = (rooms: object) => roomIds(targetConfigSchema.parse({ rooms }));
  expect(ids({ path: "/{room}", ids: ["lobby", 7] })).toEqual(["lobby", 7]);
  expect(ids({ path: "/lobby" })).toEqual([]);
});
