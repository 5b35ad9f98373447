import { readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startNotesSite } from "../live-site/notes-site.ts";
import { accountSite } from "./account-site.ts";
import { expectAllRight } from "./all-right.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";

const SMALL = ["--users", "3", "--rate", "4", "--duration", "1s"];
const PASSWORD = "a password for the bench";

/** Writes the file of `--config`, and one of accounts beside it. */
function configFile(config: object, accounts = 4): string {
  const folder = temporaryFolder();
  const lines = Array.from({ length: accounts }, (_, index) => `user-000${index + 1},${PASSWORD}`);
  writeFileSync(join(folder, "users.csv"), lines.join("\n"));
  writeFileSync(join(folder, "chat.json"), JSON.stringify({ credentials: "users.csv", ...config }));
  return join(folder, "chat.json");
}

async function run(...argv: readonly string[]) {
  const out = temporaryFolder();
  const ended = await startBench("run", "quickstart", ...argv, "--out", out).ended;
  return { ...ended, result: () => onlyResult(out) };
}

const stepsOf = ({ configuration }: ReturnType<typeof onlyResult>) =>
  configuration.steps.map(({ kind }) => kind);

test("our own server, started by hand as if it were foreign, is run on with the path of a room and accounts", async () => {
  const { url } = await startChat({}, "--port", "0", "--users", "4", "--messages", "40");
  const config = configFile({ rooms: { path: "/rooms/{room}?members=off" } });
  const ended = await run("--target", url, "--config", config, "--browsers", "1", ...SMALL);
  const result = ended.result();
  expectAllRight(ended, result);
  const { checks, configuration } = result;
  expect(configuration).toMatchObject({ target: url, modes: ["target"], pageSize: 10 });
  expect(stepsOf(result)).toEqual(["insert", "update", "delete", "scrollback", "insert", "delete"]);
  // Nobody knows what is stored: what can be compared is, at mount and after each of six steps.
  expect(checks.kinds["user-vs-oracle"]).toBe(undefined);
  expect(checks.kinds["chrome-vs-user"]?.modes).toEqual({ target: { made: 7, failed: 0 } });
  expect(ended.stderr.split("\n")[0]).toBe(
    "left out: the checks against what is stored: no database is named",
  );
});

test("with its database everybody is checked against that too", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const { origin } = await accountSite({ users: 4, messagesPerRoom: 40, database });
  const config = configFile({ url: origin, rooms: { path: "/{mode}/rooms/{room}?members=off" }, database });
  const argv = ["--config", config, "--browsers", "0", "--mode", "append", ...SMALL];
  const ended = await run(...argv, "--quiet");
  const result = ended.result();
  expectAllRight(ended, result);
  expect(ended.stderr).toBe("");
  expect(result.configuration.modes).toEqual(["append"]);
  expect(result.checks.kinds["user-vs-oracle"]?.modes).toEqual({ append: { made: 21, failed: 0 } });
});

describe("a site with one page, no log-in, and notes that stay is run on by its address alone", () => {
  test.each([
    ["where an element holds what was written", true],
    ["where a note is what was written", false],
  ])("%s", async (_, holder) => {
    const { origin, close } = await startNotesSite({ holder });
    onTestFinished(close);
    const ended = await run("--target", `${origin}/wall`, "--browsers", "1", ...SMALL);
    const result = ended.result();
    expectAllRight(ended, result);
    expect(stepsOf(result)).toEqual(["insert", "insert"]);
    expect(result.configuration.template).toBe(`/wall of ${origin}`);
    expect(ended.stderr.split("\n").filter((line) => line.startsWith("left out: "))).toEqual([
      'left out: the steps "update": nothing was found to change a message by (edit.button, edit.form, edit.field)',
      'left out: the steps "delete": nothing was found to delete a message by (delete.button)',
      'left out: the steps "scrollback": no element has phx-viewport-top, or the room is too short for it',
      "left out: the checks against what is stored: no database is named",
      "left out: the server's memory: no serverPid is named",
    ]);
    const counts = ["frame", "page", "dom"].map((point) => {
      const metric = result.metrics.find(({ name }) => name === `latency.insert.${point}`);
      return metric?.kind === "distribution" ? metric.values.count : null;
    });
    // Two steps of four and two inserts, for three users and one Chrome.
    expect(counts).toEqual([18, 18, 6]);
  });
});

test("an application is started, put back before each mode, and ended", async () => {
  const port = await freePort();
  const log = join(temporaryFolder(), "resets");
  const server = new URL("../../reference-server/main.ts", import.meta.url).pathname;
  const config = configFile({
    url: `http://127.0.0.1:${port}`,
    rooms: { path: "/{mode}/rooms/{room}?members=off" },
    start: {
      command: process.execPath,
      args: [server, "--port", String(port), "--users", "4", "--messages", "40"],
      ready: { url: "/log_in", status: 200 },
    },
    reset: {
      command: process.execPath,
      args: ["-e", "require('node:fs').appendFileSync(process.env.LOG, 'reset\\n')"],
      env: { LOG: log },
    },
  });
  const ended = await run("--config", config, "--browsers", "0", ...SMALL);
  const result = ended.result();
  expectAllRight(ended, result);
  expect(result.configuration.modes).toEqual(["stream", "stateful"]);
  // Once before it was looked at.
  expect(readFileSync(log, "utf8")).toBe("reset\nreset\nreset\n");
  await expect(fetch(`http://127.0.0.1:${port}/log_in`)).rejects.toThrow("fetch failed");
});

test.each<[string, object, readonly string[], string]>([
  [
    "elsewhere, without being allowed",
    { url: "http://192.0.2.1/", rooms: { path: "/1" } },
    [],
    "192.0.2.1 is not this machine (192.0.2.1): load on somebody's server may do harm. Where it is yours to load, " +
      "add --allow-remote, which allows 10 starts a second, and --allow-remote-rate for more",
  ],
  [
    "with fewer accounts than users",
    { url: "http://127.0.0.1:9/", rooms: { path: "/1" } },
    ["--users", "4", "--browsers", "1"],
    "users.csv has 4 accounts, and 5 are needed: one for each user and each Chrome",
  ],
])("a target %s is not asked for anything: exit code 104", async (_, config, argv, message) => {
  const { stdout, stderr, exitCode } = await run("--config", configFile(config), ...argv);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 104 });
  expect(stderr.trimEnd().endsWith(message)).toBe(true);
});

test("a target with wrong accounts is said to refuse them", async () => {
  const { origin } = await accountSite({ users: 1 });
  const credentials = { name: "user-{number:4}", password: "wrong" };
  const config = configFile({ url: origin, rooms: { path: "/rooms/1" }, credentials });
  const { stderr, exitCode } = await run("--config", config, "--quiet", ...SMALL);
  expect({ stderr, exitCode }).toEqual({
    stderr:
      `bench: ${origin} cannot be run on: user-0001 could not log in: ${origin}/log_in shows the form again: ` +
      "see credentials and logIn.steps. bench doctor --target shows what was found\n",
    exitCode: 104,
  });
});

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
