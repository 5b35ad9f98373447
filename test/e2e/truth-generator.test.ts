import { expect, test } from "vitest";
import { bytesOf, countOf, latencyOf, runOnStub } from "../truth/bench-on-stub.ts";
import { BURST_NOISE_MS, fromMs, percentilesOf } from "../truth/expected-times.ts";
import { generatorsOf } from "../truth/generator-pids.ts";
import { nowUs } from "../truth/stub-chat.ts";

/** What is said of it, and the remedy. */
const LATE =
  /^(\d+) of 200 starts were made late, one of them by (\d+) ms \(limit 5 %\): use fewer users or a lower rate\.$/;

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

test("a generator that is stopped for 2 s shows it from the due time, hardly from the start, and the run is void", async () => {
  let bench = 0;
  /** From when the insert at which it was stopped was due: 2 s, or more on a machine that was busy then. */
  let stoppedForMs = 0;
  const { result, exitCode, stub } = await runOnStub({
    manners: {
      onInsert: (number, dueUs) => {
        const [pid] = number === 50 ? generatorsOf(bench) : [];
        if (pid === undefined) return;
        process.kill(pid, "SIGSTOP");
        const goOn = () => {
          stoppedForMs = (nowUs() - dueUs) / 1000;
          process.kill(pid, "SIGCONT");
        };
        setTimeout(goOn, 2001 - (nowUs() - dueUs) / 1000);
      },
    },
    argv: ["--users", "11", "--workers", "1", "--rate", "50", "--duration", "4s"],
    onStarted: ({ child }) => {
      bench = child.pid ?? 0;
    },
    isVoid: true,
  });
  // Of 200 inserts the 100 that are due meanwhile come 2000, 1980, ... 20 ms late: the 180th in order is the 80th of these.
  expect(latencyOf(result, "latency.insert.frame")).toMatchObject({
    count: 2200,
    ...percentilesOf(stub, { p90: [90, 1600], p99: [99, 1960] }),
    max: fromMs(2000, stoppedForMs - 2000 + 2 * BURST_NOISE_MS),
  });
  // Of these nobody had begun more than the first few.
  expect(latencyOf(result, "latency.insert.frame.uncorrected")).toMatchObject({
    count: 2200,
    p90: fromMs(0),
  });
  // Those due 20, 40, ... 1940 ms after the stop begin later than the 50 ms that are allowed, but for one or two that were
  // begun while the insert at which it was stopped was on its way.
  const late = countOf(result, "generator.late_starts");
  expect(late).toBeGreaterThanOrEqual(95);
  expect({ exitCode, verdict: result.verdict }).toEqual({ exitCode: 97, verdict: "void" });
  const worst = result.generator.reasons.flatMap((reason) => LATE.exec(reason) ?? []);
  expect([Number(worst[1]), Number(worst[2]) * 1000]).toEqual([
    late,
    fromMs(1900, stoppedForMs - 1900 + BURST_NOISE_MS),
  ]);
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
      sum: sumOf(sizes),
      min: Math.min(...sizes),
      max: Math.max(...sizes),
    });
  }
  // What was written on the sockets, and read: but for heartbeats that came when the run had read its own account.
  for (const [name, way] of [
    ["wire.received", "sent"],
    ["wire.sent", "received"],
  ] as const) {
    const carried = countOf(result, name);
    expect(carried).toBeGreaterThanOrEqual(sumOf(users.map((user) => user[way].beforeHeartbeats)));
    expect(carried).toBeLessThanOrEqual(sumOf(users.map((user) => user[way].total)));
  }
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
    isVoid: true,
  });
  expect({ exitCode, verdict: result.verdict, lost: countOf(result, "users.lost") }).toEqual({
    exitCode: 97,
    verdict: "void",
    // Of 21 users it had the second, the fourth, and so on.
    lost: 10,
  });
  const said = "generator process 2 of 2 ended (SIGKILL): its 10 users are lost";
  expect(stderr.split("\n")).toContain(`target: ${said}`);
  expect(result.generator.reasons[0]).toBe(
    `In target ${said}, and the load was not the one that was asked for.`,
  );
  // The 20 starts of the other process times its 11 users: all that could be expected of those who are left.
  const deliveries = ["expected", "received", "lost", "unexpected"].map((what) =>
    countOf(result, `delivery.${what}`),
  );
  expect(deliveries).toEqual([220, 220, 0, 0]);
});
