import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, startBench } from "./bench.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the real program, to look at it while it runs. */
function start(...argv: string[]) {
  return startBench(...argv).child as ChildProcess & {
    stdout: NodeJS.ReadableStream;
    stderr: NodeJS.ReadableStream;
  };
}

/** Runs it to its end. */
const bench = (...argv: string[]) => startBench(...argv).ended;

test("the help is on standard output", async () => {
  const { stdout, stderr, exitCode } = await bench("--help");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout.split("\n")[0]).toBe("Usage: bench <command> [options]");
});

test("the scenarios are listed as a person and as a program reads them", async () => {
  const [table, json] = await Promise.all([bench("list"), bench("list", "--json")]);
  const names = JSON.parse(json.stdout).map(({ name }: { name: string }) => name);
  expect(
    table.stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ")[0] ?? "")
      // The rest of a question that did not fit into the line.
      .filter((name) => name !== ""),
  ).toEqual(names);
  expect([table.exitCode, json.exitCode]).toEqual([0, 0]);
});

test.each([
  [["lst"], "bench: unknown command lst; did you mean list?\n"],
  [["list", "--jsno"], "bench: unknown option --jsno; did you mean --json?\n"],
])("bench %j exits with 104 and the nearest name", async (argv, stderr) => {
  expect(await bench(...argv)).toEqual({ stdout: "", stderr, exitCode: 104 });
});

test("the doctor looks at everything, without control characters where nobody watches", async () => {
  const { stdout, stderr } = await bench("doctor");
  expect(stderr).toBe("");
  expect(stdout).not.toContain("\u001b");
  const subjects = stdout.split("\n").flatMap((line) => /^(?:ok|warn|fail) +(.+?) {2}/.exec(line)?.[1] ?? []);
  expect(subjects).toEqual([
    "Chrome",
    "Node",
    "npm",
    "phoenix_live_view",
    "phoenix",
    "puppeteer",
    "Open files",
    "Cores",
    "Memory",
    "Outgoing ports",
    "Port 4000",
  ]);
});

test("a reader that has seen enough is no error", async () => {
  const child = start("doctor", "--json");
  child.stdout.once("data", () => (child.stdout as unknown as { destroy(): void }).destroy());
  const stderr = text(child.stderr);
  const exitCode = await new Promise((resolve) => child.once("exit", resolve));
  expect([exitCode, await stderr]).toEqual([0, ""]);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "a server that is served answers, and is gone after %s",
  async (signal) => {
    const child = start("serve", "--port", "0", "--messages", "20");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = (await lines.next()).value ?? "";
    expect((await lines.next()).value).toBe(
      'Create an account there, or log in as alice with "a password for the bench".',
    );
    const url =
      /^Open (http:\/\/127\.0\.0\.1:\d+) in a browser\. Ctrl-C stops the server\.$/.exec(line)?.[1] ?? "";
    expect((await fetch(`${url}/log_in`)).status).toBe(200);
    child.kill(signal);
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  },
);

test("a port in use is said in a line", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  expect(await bench("serve", "--port", String(port))).toEqual({
    stdout: "",
    stderr: `bench: the reference server cannot start: port ${port} on 127.0.0.1 is in use\n`,
    exitCode: 104,
  });
});

test("a bench that is killed leaves no server", async () => {
  const child = start("serve", "--port", "0", "--messages", "20");
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  const url = /http:\S+/.exec(line)?.[0] ?? "";
  child.kill("SIGKILL");
  await expect
    .poll(
      () =>
        fetch(url).then(
          () => "up",
          () => "gone",
        ),
      { timeout: 10_000 },
    )
    .toBe("gone");
});

test("a bench that is killed leaves no Chrome", async () => {
  const profileParent = await mkdtemp(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rm(profileParent, { recursive: true, force: true, maxRetries: 5 }));
  const script = `
    import { ensureChrome } from "./harness/browser/install-chrome.ts";
    import { launchChrome } from "./harness/browser/launch.ts";
    import { nodeChromeHost } from "./harness/browser/node-chrome-host.ts";
    const { path } = await ensureChrome(nodeChromeHost(process.env), () => {});
    const chrome = await launchChrome({ executablePath: path, profileParent: ${JSON.stringify(profileParent)} });
    await chrome.openPage({ name: "Chrome 1" });
    console.log(chrome.pid);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = Number(
    await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once("line", resolve)),
  );
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});
