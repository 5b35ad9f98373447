import { expect, test } from "vitest";
import {
  descendantRunning,
  descendants,
  groupOf,
  isAlive,
  onlyResult,
  saidOnStderr,
  startBench,
  temporaryFolder,
} from "./bench.ts";

const SMALL = ["run", "quickstart", "--users", "20", "--browsers", "1", "--duration", "1s"];

/** Which of these processes are still there. */
const alive = (pids: Iterable<number>) => [...pids].filter((pid) => isAlive(pid));

test.each([
  ["while users join", "stream: joining"],
  ["while messages fly", "stream: 1 insert"],
  ["while history is loaded", "stream: 4 scrollback"],
  ["in the second mode", "stateful: 1 insert"],
])("Ctrl-C %s ends every process, and keeps the result so far", async (_, moment) => {
  const folder = temporaryFolder();
  const bench = startBench(...SMALL, "--out", folder);
  await saidOnStderr(bench, moment);
  const children = descendants(bench.child.pid ?? 0);
  expect([...children.values()].some((name) => name.startsWith("chrom"))).toBe(true);
  expect([...children.values()].some((name) => name === "node" || name === "MainThread")).toBe(true);

  bench.child.kill("SIGINT");
  const { exitCode, stderr } = await bench.ended;
  expect(exitCode).toBe(105);
  expect(stderr).toContain("bench: interrupted by SIGINT\n");
  expect(stderr).not.toContain("    at ");
  expect(onlyResult(folder)).toMatchObject({
    verdict: "interrupted",
    exitCode: 105,
    endedBy: "interrupted by SIGINT",
  });
  await expect.poll(() => alive(children.keys())).toEqual([]);
});

test.each(["SIGTERM", "SIGHUP"] as const)("%s to all processes of its group is one wish", async (signal) => {
  const folder = temporaryFolder();
  const bench = startBench(...SMALL, "--out", folder);
  await saidOnStderr(bench, "stream: 1 insert");
  const pid = bench.child.pid ?? Number.NaN;
  const children = [...descendants(pid).keys()];
  const own = children.filter((child) => groupOf(child) === groupOf(pid));
  // A generator and the server at least; Chromes are in groups of their own.
  expect(own.length).toBeGreaterThanOrEqual(2);

  for (const one of [...own, pid]) process.kill(one, signal);
  const { exitCode, stderr } = await bench.ended;
  expect(exitCode).toBe(105);
  expect(stderr).toContain(`bench: interrupted by ${signal}\n`);
  expect(stderr).not.toContain("generator process ended");
  expect(onlyResult(folder)).toMatchObject({ verdict: "interrupted", endedBy: `interrupted by ${signal}` });
  await expect.poll(() => alive(children)).toEqual([]);
});

test("a threshold that is crossed in the middle of a step ends the run there", async () => {
  const folder = temporaryFolder();
  const crossed = ["--threshold-abort", "latency.insert.frame:min<0.001"];
  const bench = startBench(
    "run",
    "insert-fanout",
    "--users",
    "5",
    "--rate",
    "20",
    "--duration",
    "60s",
    ...crossed,
    "--mode",
    "stream",
    "--out",
    folder,
  );
  await saidOnStderr(bench, "stream: joining");
  const children = descendants(bench.child.pid ?? 0);
  expect(children.size).toBeGreaterThanOrEqual(2);
  const { exitCode, stderr } = await bench.ended;
  expect(exitCode).toBe(99);
  expect(stderr).toMatch(
    /bench: the threshold latency\.insert\.frame\{mode:stream\} min<0\.001 was crossed, at [\d.]+ ms/,
  );
  const { verdict, durationMs, metrics } = onlyResult(folder);
  expect([verdict, durationMs < 60_000]).toEqual(["failed", true]);
  expect(metrics.find(({ name }) => name === "latency.insert.frame")?.values).toHaveProperty("count");
  await expect.poll(() => alive(children.keys())).toEqual([]);
});

test("a server that dies in mid-run is said at once, and what was measured is kept", async () => {
  const folder = temporaryFolder();
  const bench = startBench(...SMALL, "--out", folder);
  await saidOnStderr(bench, "stream: 1 insert");
  const children = descendants(bench.child.pid ?? 0);
  const server = descendantRunning("reference-server/main.ts", bench.child.pid ?? 0);
  await saidOnStderr(bench, "stream: 2 update");
  process.kill(server ?? Number.NaN, "SIGKILL");

  const { exitCode, stderr } = await bench.ended;
  expect(exitCode).toBe(1);
  expect(stderr).toContain("bench: the server died in the middle of the run (SIGKILL)");
  const result = onlyResult(folder);
  expect(result).toMatchObject({ verdict: "interrupted", exitCode: 1 });
  expect(result.checks.kinds["user-vs-oracle"]).toMatchObject({ made: 40, failed: 0 });
  await expect.poll(() => alive(children.keys())).toEqual([]);
});
