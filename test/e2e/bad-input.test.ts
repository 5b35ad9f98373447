import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../reference-server/chat/store/database.ts";
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
  expect(stderr).toMatch(new RegExp(`^bench: ${url}/stream/rooms/1 is not a LiveView page: it lacks .*\\n$`));
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

test("a target without its database, and a database without its target, are refused", async () => {
  const [target, database] = await Promise.all([
    run("--target", "http://127.0.0.1:9"),
    run("--database", "chat.db"),
  ]);
  expect([target.exitCode, target.stderr.split(",")[0]]).toEqual([104, "bench: --target needs --database"]);
  expect([database.exitCode, database.stderr]).toEqual([
    104,
    "bench: --database is the database of a target: say which one by --target\n",
  ]);
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
