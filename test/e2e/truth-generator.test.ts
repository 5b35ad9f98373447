import { expect, test } from "vitest";
import { bytesOf, countOf, latencyOf, runOnStub } from "../truth/bench-on-stub.ts";
import { BURST_NOISE_MS, fromMs } from "../truth/expected-times.ts";
import { generatorsOf } from "../truth/generator-pids.ts";
import { nowUs } from "../truth/stub-chat.ts";

test("a generator that is stopped for 2 s shows it from the due time, hardly from the start, and the run is void", async () => {
  let bench = 0;
  const { result, exitCode } = await runOnStub({
    manners: {
      onInsert: (number, dueUs) => {
        const [pid] = number === 100 ? generatorsOf(bench) : [];
        if (pid === undefined) return;
        process.kill(pid, "SIGSTOP");
        setTimeout(() => process.kill(pid, "SIGCONT"), 2001 - (nowUs() - dueUs) / 1000);
      },
    },
    argv: ["--users", "2", "--workers", "1", "--rate", "100", "--duration", "4s"],
    onStarted: ({ child }) => {
      bench = child.pid ?? 0;
    },
  });
  // Of 400 inserts the 200 that are due meanwhile come 2000, 1990, ... 10 ms late: the 360th in order is the 160th of these.
  const corrected = { count: 800, p90: fromMs(1600), p99: fromMs(1960), max: fromMs(2000) };
  expect(latencyOf(result, "latency.insert.frame")).toMatchObject(corrected);
  // Only the first of them had been begun.
  const uncorrected = { count: 800, p90: fromMs(0), p99: fromMs(0), max: fromMs(1900, 2 * BURST_NOISE_MS) };
  expect(latencyOf(result, "latency.insert.frame.uncorrected")).toMatchObject(uncorrected);
  // Those that are due 10, 20, ... 1940 ms after the stop begin later than the 50 ms that are allowed.
  const late = countOf(result, "generator.late_starts");
  expect(late).toBeGreaterThanOrEqual(194);
  const { reasons } = result.generator;
  expect({ exitCode, verdict: result.verdict, reasons: reasons.length }).toEqual({
    exitCode: 97,
    verdict: "void",
    reasons: 1,
  });
  const worst =
    /^(\d+) of 400 starts were made late, one of them by (\d+) ms \(limit 5 %\): use fewer users or a lower rate\.$/.exec(
      reasons[0] ?? "",
    );
  expect([Number(worst?.[1]), Number(worst?.[2]) * 1000]).toEqual([late, fromMs(1900)]);
});

test("two generator processes make exactly the starts of one, each due when it should be, and add up what they saw", async () => {
  const { result, exitCode, stub } = await runOnStub({
    argv: ["--users", "21", "--workers", "2", "--rate", "40", "--duration", "1s"],
  });
  const { inserts, connections } = stub;
  expect({ exitCode, verdict: result.verdict }).toEqual({ exitCode: 0, verdict: "passed" });
  // 40 a second for a second, dealt to two processes.
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  expect(inserts.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(numbers);
  const due = inserts.map(({ dueUs }) => dueUs).toSorted((a, b) => a - b);
  expect(due.map((dueUs) => dueUs - (due[0] ?? 0))).toEqual(numbers.map((number) => number * 25_000));
  // Of 21 users the first looks on; 20 starts of each process are two for each of its 10 others.
  const authors = Map.groupBy(inserts, ({ author }) => author);
  const turns = [...authors].map(([author, its]) => [author, its.length]).toSorted();
  const acting = numbers.slice(1, 21).map((number) => `user-00${String(number + 1).padStart(2, "0")}`);
  expect(turns).toEqual(acting.map((name) => [name, 2]));
  // 40 inserts times 21 receivers.
  expect(latencyOf(result, "latency.insert.frame").count).toBe(840);
  expect(["expected", "received", "lost"].map((what) => countOf(result, `delivery.${what}`))).toEqual([
    840, 840, 0,
  ]);
  // The first connection is that of the look at the page before the run.
  const users = connections.slice(1);
  const sent = (kind: "join" | "insert" | "reply") => users.flatMap(({ frameBytes }) => frameBytes[kind]);
  for (const kind of ["join", "insert", "reply"] as const) {
    const sizes = sent(kind);
    expect(bytesOf(result, `payload.${kind}.bytes`)).toMatchObject({
      count: sizes.length,
      sum: sizes.reduce((sum, size) => sum + size, 0),
      min: Math.min(...sizes),
      max: Math.max(...sizes),
    });
  }
  expect([countOf(result, "wire.received"), countOf(result, "wire.sent")]).toEqual([
    users.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    users.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
  ]);
});

test("a generator process that is killed is said, its users are lost to the unit, and the run is void", async () => {
  let bench = 0;
  const { result, exitCode, stderr } = await runOnStub({
    manners: {
      onInsert: (number) => {
        const [, pid] = number === 20 ? generatorsOf(bench) : [];
        if (pid !== undefined) process.kill(pid, "SIGKILL");
      },
    },
    argv: ["--users", "21", "--workers", "2", "--rate", "40", "--duration", "1s"],
    onStarted: ({ child }) => {
      bench = child.pid ?? 0;
    },
  });
  globalThis.console.log(
    stderr,
    result.generator.reasons,
    result.checks.failures.length,
    result.checks.failures[0],
    result.endedBy,
  );
  expect({ exitCode, verdict: result.verdict, lost: countOf(result, "users.lost") }).toEqual({
    exitCode: 97,
    verdict: "void",
    // Of 21 users it had the second, the fourth, and so on.
    lost: 10,
  });
});
