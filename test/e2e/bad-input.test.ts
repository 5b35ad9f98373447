import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../reference-server/chat/store/database.ts";
import { accountSite } from "./account-site.ts";
import { believable } from "./believable.ts";
import { startBench, temporaryFolder } from "./bench.ts";

/** A web server with pages that are no LiveView. */
async function plainSite(): Promise<string> {
  const server = createServer((request, response) => {
    const form =
      '<form id="log-in-form" action="/in" method="post"><input name="user[name]"><input name="user[password]"></form>';
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/log_in" ? form : "<p>Hello</p>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function emptyDatabase(): Promise<string> {
  const file = join(temporaryFolder(), "chat.db");
  await (await openDatabase(file)).destroy();
  return file;
}

const run = (...options: readonly string[]) =>
  startBench(
    "run",
    "quickstart",
    "--users",
    "2",
    "--browsers",
    "0",
    "--quiet",
    "--out",
    temporaryFolder(),
    ...options,
  ).ended;

test("a target that is no LiveView page is said to be none, in one line", async () => {
  const url = await plainSite();
  const { stdout, stderr, exitCode } = await run("--target", url, "--database", await emptyDatabase());
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 104 });
  expect(stderr).toMatch(
    new RegExp(`^bench: ${url}/stream/rooms/1\\?members=off is not a LiveView page: it lacks .*\\n$`),
  );
});

test("a target without the accounts of a run is told which ones that needs, in one line", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const { origin } = await accountSite({ database });
  const { stdout, stderr, exitCode } = await run("--target", origin, "--database", database);
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: "",
    stderr:
      `bench: user-0001 could not log in: ${origin}/log_in answered 422; a run needs 2 accounts ` +
      "(start the reference server with --users 2)\n",
    exitCode: 104,
  });
});

test("a target with the accounts of a run is run on", async () => {
  const database = join(temporaryFolder(), "chat.db");
  const { origin } = await accountSite({ database, users: 2, messagesPerRoom: 30, instrument: true });
  const options = ["--target", origin, "--database", database, "--mode", "stream"];
  const { stdout, exitCode } = await believable(() => run(...options, "--rate", "2", "--duration", "1s"));
  expect([exitCode, stdout.includes("passed")]).toEqual([0, true]);
});

test("a target that does not answer is said to be unreachable, in one line", async () => {
  const { stderr, exitCode } = await run(
    "--target",
    "http://127.0.0.1:9",
    "--database",
    await emptyDatabase(),
  );
  expect(exitCode).toBe(104);
  expect(stderr).toMatch(/^bench: .*127\.0\.0\.1:9.*\n$/);
});

test("a database without its target, and a file of --config that is none, are refused", async () => {
  const [database, config] = await Promise.all([
    run("--database", "chat.db"),
    run("--config", "package.json"),
  ]);
  expect(database).toMatchObject({
    exitCode: 104,
    stderr: "bench: --database is the database of a target: say which one by --target\n",
  });
  expect(config.exitCode).toBe(104);
  expect(config.stderr).toMatch(/^bench: .*package\.json: Unrecognized keys: "version", .*\n$/);
});

test("a file that is no database of the chat is refused, with what to give instead", async () => {
  const { stderr, exitCode } = await run("--target", "http://127.0.0.1:9", "--database", "package.json");
  expect(exitCode).toBe(104);
  expect(stderr).toMatch(/^bench: .*package\.json cannot be read as the chat's database .*\n$/);
});

test("an unknown scenario gets the nearest name", async () => {
  const { stderr, exitCode } = await startBench("run", "quikstart").ended;
  expect({ stderr, exitCode }).toEqual({
    stderr: "bench: unknown scenario quikstart; did you mean quickstart?\n",
    exitCode: 104,
  });
});
