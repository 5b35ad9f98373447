import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CommandConfig } from "../../../harness/core/target-config.ts";
import { resetData } from "../../../harness/target/reset-data.ts";
import { exitInWords, startCommand } from "../../../harness/target/start-command.ts";
import { type ReadyConfig, whenReady } from "../../../harness/target/when-ready.ts";
import { isAlive } from "../../e2e/bench.ts";

const quiet = { signal: new AbortController().signal, onLog: () => {} };
const script = (code: string, env: Record<string, string> = {}): CommandConfig => ({
  command: process.execPath,
  args: ["-e", code],
  env,
});
const SLEEPS = "setInterval(() => {}, 1000)";

/** Starts a script; it is ended with the test. */
async function started(config: CommandConfig, onLog: (line: string) => void = () => {}) {
  const running = await startCommand(config, onLog);
  onTestFinished(() => running.stop());
  return running;
}

/** A server that gives these answers, the last one from then on. Tells what it was asked. */
async function answering(...statuses: readonly number[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    response.statusCode = statuses[asked.length] ?? statuses.at(-1) ?? 200;
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe("a command", () => {
  test("says its lines, with its environment, and how it ended", async () => {
    const lines: string[] = [];
    const { exited } = await started(
      script('console.log(process.env.WHO); console.error("gone"); process.exitCode = 3', { WHO: "acme" }),
      (line) => lines.push(line),
    );
    const exit = await exited;
    expect(lines.toSorted()).toEqual(["acme", "gone"]);
    expect(exit).toMatchObject({ code: 3, signal: null });
    expect(exitInWords({ code: 3, signal: null, lastLine: "gone" })).toBe(
      "with exit code 3; the last it said was: gone",
    );
    expect(exitInWords({ code: null, signal: "SIGTERM", lastLine: "" })).toBe("by SIGTERM");
  });

  test("ends with all that it started, also what does not want to", async () => {
    const stubborn = `process.on("SIGTERM", () => {}); ${SLEEPS}; console.log("up")`;
    const told = Promise.withResolvers<number>();
    const parent = `
      const child = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.once("data", () => console.log(child.pid)); ${SLEEPS}`;
    const running = await started(script(parent), (line) => told.resolve(Number(line)));
    const child = await told.promise;
    expect([isAlive(running.pid), isAlive(child)]).toEqual([true, true]);
    await running.stop();
    expect(isAlive(running.pid)).toBe(false);
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  test("that there is not is said to be so", async () => {
    await expect(startCommand({ command: "/nowhere/app", args: [], env: {} }, () => {})).rejects.toThrow(
      "/nowhere/app cannot be started: spawn /nowhere/app ENOENT",
    );
  });
});

describe("an application is ready", () => {
  const ready = (given: Partial<ReadyConfig> = {}): ReadyConfig => ({
    url: "/",
    timeoutMs: 10_000,
    ...given,
  });
  const never = { exited: new Promise<never>(() => {}) };

  test("once it answers with a status below 500", async () => {
    const { origin, asked } = await answering(503, 502, 404);
    await whenReady(origin, ready({ url: "/up" }), never, quiet.signal);
    expect(asked).toEqual(["GET /up", "GET /up", "GET /up"]);
  });

  test("once it answers with the status that is named", async () => {
    const { origin, asked } = await answering(404, 302, 200);
    await whenReady(origin, ready({ status: 200 }), never, quiet.signal);
    expect(asked).toHaveLength(3);
  });

  test("not where it does not in time; then it is told what it gave", async () => {
    const { origin } = await answering(503);
    await expect(whenReady(origin, ready({ timeoutMs: 2000 }), never, quiet.signal)).rejects.toThrow(
      `the application was not ready within 2000 ms: ${origin}/ gave 503`,
    );
  });

  test("not where it ends before", async () => {
    const { origin } = await answering(503);
    const running = await started(script('console.error("no database"); process.exitCode = 1'));
    await expect(whenReady(origin, ready(), running, quiet.signal)).rejects.toThrow(
      /^the application ended with exit code 1/,
    );
  });
});

describe("data is put back", () => {
  test("by a request", async () => {
    const { origin, asked } = await answering(204);
    await resetData(origin, { request: { method: "DELETE", path: "/data?all" } }, quiet);
    expect(asked).toEqual(["DELETE /data?all"]);
  });

  test("not where the request is refused", async () => {
    const { origin } = await answering(403);
    await expect(resetData(origin, { request: { method: "POST", path: "/reset" } }, quiet)).rejects.toThrow(
      `the application's data could not be reset: POST ${origin}/reset answered 403`,
    );
  });

  test("by a command, whose lines are told", async () => {
    const lines: string[] = [];
    const onLog = (line: string) => lines.push(line);
    await resetData("http://x.test", script('console.log("done")'), { ...quiet, onLog });
    expect(lines).toEqual(["done"]);
  });

  test("not where the command fails", async () => {
    await expect(resetData("http://x.test", script("process.exitCode = 2"), quiet)).rejects.toThrow(
      `the application's data could not be reset: ${process.execPath} ended with exit code 2`,
    );
  });

  test("not beyond an abort: the command is ended", async () => {
    const abort = new AbortController();
    const told = Promise.withResolvers<number>();
    const resetting = resetData("http://x.test", script(`console.log(process.pid); ${SLEEPS}`), {
      signal: abort.signal,
      onLog: (line) => told.resolve(Number(line)),
    });
    const pid = await told.promise;
    abort.abort(new Error("enough"));
    await expect(resetting).rejects.toThrow("enough");
    expect(isAlive(pid)).toBe(false);
  });
});
