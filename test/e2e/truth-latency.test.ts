import { expect, test } from "vitest";
import { latencyOf, runOnStub } from "../truth/bench-on-stub.ts";
import { BURST_NOISE_MS, fromMs, latestStartMs, NOISE_MS, percentilesOf } from "../truth/expected-times.ts";

const INSERT_FRAME = "latency.insert.frame";
const UNCORRECTED = "latency.insert.frame.uncorrected";

test("what a server delays by 40 ms is never below 40 ms, and mostly not much above", async () => {
  const { result, exitCode } = await runOnStub({
    manners: { delayMs: 40 },
    argv: ["--users", "3", "--rate", "50", "--duration", "1s"],
  });
  const { count, min, p50 } = latencyOf(result, INSERT_FRAME);
  expect({ exitCode, count, min, p50 }).toEqual({
    exitCode: 0,
    // 50 inserts times 3 receivers.
    count: 150,
    min: fromMs(40, NOISE_MS),
    p50: fromMs(40, NOISE_MS),
  });
});

/**
 * Of 1,000 inserts, one each 10 ms, the 200 that are due within the stall take 2000, 1990, ... 10 ms, the others next to
 * nothing. So of each 1,000 in order the 900th is the 100th of these, the 990th the 190th, the 999th the 199th. None
 * takes less than that, so no percentile may be below its value.
 */
const STALL_OF_2_S = {
  p90: [90, 1000],
  p99: [99, 1900],
  p999: [99.9, 1990],
  max: [100, 2000],
} as const;

test("a stall of the server of 2 s at 100 inserts a second is in the percentiles as arithmetic has it", async () => {
  const { result, exitCode, stub } = await runOnStub({
    manners: { stall: { atInsert: 300, forMs: 2000, holds: "inserts" } },
    argv: ["--users", "2", "--rate", "100", "--duration", "10s"],
  });
  const typical = { count: 2000, p50: fromMs(0, NOISE_MS) };
  const corrected = { ...typical, ...percentilesOf(stub, STALL_OF_2_S) };
  expect({ exitCode, ...latencyOf(result, INSERT_FRAME) }).toMatchObject({ exitCode: 0, ...corrected });
  // Authors are not held up, so that each insert was begun when it was due, or a moment later.
  const lateMs = latestStartMs(stub);
  expect(lateMs).toBeLessThan(BURST_NOISE_MS);
  const fromStarts = percentilesOf(stub, STALL_OF_2_S, lateMs);
  expect(latencyOf(result, UNCORRECTED)).toMatchObject({ ...typical, ...fromStarts });
});

test("an author whose answers stall too is late himself: that is in the latencies from the due time alone", async () => {
  const { result, exitCode, stub } = await runOnStub({
    manners: { stall: { atInsert: 100, forMs: 2000, holds: "everything" } },
    // Of two users one only looks on.
    argv: ["--users", "2", "--rate", "50", "--duration", "4s"],
  });
  // Of 200 inserts, one each 20 ms, 100 are due within the stall and take 2000, 1980, ... 20 ms: the 180th is the 80th.
  const corrected = {
    count: 400,
    ...percentilesOf(stub, { p90: [90, 1600], p99: [99, 1960], max: [100, 2000] }),
  };
  expect({ exitCode, ...latencyOf(result, INSERT_FRAME) }).toMatchObject({ exitCode: 0, ...corrected });
  // The author waited for his first answer with all but one of them: 2 samples of 400 tell of the stall, which ends 2 s
  // after the insert was due, however late it was begun.
  const [stalled] = stub.inserts.slice(100);
  const hidden = {
    count: 400,
    p90: fromMs(0),
    p99: fromMs(0),
    max: fromMs(2000 - (stalled?.lateUs ?? 0) / 1000),
  };
  expect(latencyOf(result, UNCORRECTED)).toMatchObject(hidden);
});
