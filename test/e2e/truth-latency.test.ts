import { expect, test } from "vitest";
import { latencyOf, runOnStub } from "../truth/bench-on-stub.ts";

/** What both processes, two sockets and timers may add on a machine that has other things to do, in microseconds. */
const MACHINE_US = 15_000;

test("what a server delays by 40 ms is never below 40 ms, and mostly not much above", async () => {
  const { result, exitCode } = await runOnStub({
    manners: { delayMs: 40 },
    argv: ["--users", "3", "--rate", "50", "--duration", "1s"],
  });
  const { count, min, p50 } = latencyOf(result, "latency.insert.frame");
  // 50 inserts times 3 receivers.
  expect({ exitCode, count }).toEqual({ exitCode: 0, count: 150 });
  expect(min).toBeGreaterThanOrEqual(40_000);
  expect(p50).toBeLessThan(40_000 + MACHINE_US);
});

test("a stall of 2 s at 100 inserts a second is in the percentiles as arithmetic has it", async () => {
  const { result, exitCode, stub } = await runOnStub({
    manners: { stall: { atInsert: 300, forMs: 2000, holds: "inserts" } },
    argv: ["--users", "2", "--rate", "100", "--duration", "10s"],
  });
  const { count, p50, p90, p99, p999, max, mean } = latencyOf(result, "latency.insert.frame");
  console.log({count,p50,p90,p99,p999,max,mean});
  // By the server's own account: from when each was due to when it was sent.
  const sent = stub.deliveries.map(({ dueUs, sentUs }) => sentUs - dueUs).toSorted((a, b) => a - b);
  const at = (percent: number) => sent[Math.ceil((percent / 100) * sent.length) - 1];
  console.log(sent.length, at(50), at(90), at(99), at(99.9), at(100), exitCode);
});
