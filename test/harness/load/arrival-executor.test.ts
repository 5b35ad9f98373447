import { expect, test } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import { type Arrival, runArrivals } from "../../../harness/load/arrival-executor.ts";
import { constantArrivalRate } from "../../../harness/load/pacer.ts";
import { virtualTime } from "./virtual-time.ts";

/** A clock that moves only by sleeping, and oversleeps by the given times in turn. */
function fakeTime(oversleptUs: number[] = []) {
  let nowUs = 5_000_000;
  return {
    clock: () => micros(nowUs),
    sleep: async (us: Micros) => {
      nowUs += us + (oversleptUs.shift() ?? 0);
    },
    advance: (us: number) => {
      nowUs += us;
    },
  };
}

const never = () => {
  throw new Error("no start should fail");
};

test("each start is made at its due time and is given it", async () => {
  const time = fakeTime();
  const seen: [Arrival, Micros][] = [];
  const report = await runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 3 }),
    ...time,
    start: async (arrival) => void seen.push([arrival, time.clock()]),
    onFailure: never,
    maxInFlight: 10,
  });
  expect(seen).toEqual([
    [{ index: 0, dueUs: 5_000_000 }, 5_000_000],
    [{ index: 1, dueUs: 5_100_000 }, 5_100_000],
    [{ index: 2, dueUs: 5_200_000 }, 5_200_000],
  ]);
  expect(report).toEqual({ made: 3, dropped: 0, failed: 0, interrupted: 0, late: 0, maxLateUs: 0 });
});

test("late starts are all made, at once, with the times at which they were due", async () => {
  const time = fakeTime([250_000]);
  const seen: [number, Micros, Micros][] = [];
  const report = await runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 5 }),
    ...time,
    start: async ({ index, dueUs }) => void seen.push([index, dueUs, time.clock()]),
    onFailure: never,
    maxInFlight: 10,
  });
  expect(seen).toEqual([
    [0, 5_000_000, 5_000_000],
    [1, 5_100_000, 5_350_000],
    [2, 5_200_000, 5_350_000],
    [3, 5_300_000, 5_350_000],
    [4, 5_400_000, 5_400_000],
  ]);
  expect(report).toEqual({ made: 5, dropped: 0, failed: 0, interrupted: 0, late: 2, maxLateUs: 250_000 });
});

test("a start beyond those that may be under way is dropped and counted", async () => {
  const pending: (() => void)[] = [];
  const started: number[] = [];
  const running = runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 5 }),
    ...fakeTime(),
    start: ({ index }) => {
      started.push(index);
      return new Promise<void>((resolve) => pending.push(resolve));
    },
    onFailure: never,
    maxInFlight: 2,
  });
  await new Promise(setImmediate);
  for (const finish of pending) finish();
  expect(await running).toEqual({ made: 2, dropped: 3, failed: 0, interrupted: 0, late: 0, maxLateUs: 0 });
  expect(started).toEqual([0, 1]);
});

test("it resolves only when all starts have settled", async () => {
  let finish = () => {};
  let over = false;
  const running = runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 1 }),
    ...fakeTime(),
    start: () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
    onFailure: never,
    maxInFlight: 1,
  }).then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  expect(over).toBe(false);
  finish();
  await running;
  expect(over).toBe(true);
});

test("a start that fails, at once or later, is counted, told, and stops nothing", async () => {
  const told: [string, number][] = [];
  const report = await runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 3 }),
    ...fakeTime(),
    start: ({ index }) => {
      if (index === 0) throw new Error("at once");
      return index === 1 ? Promise.reject(new Error("later")) : Promise.resolve();
    },
    onFailure: (error, { index }) => told.push([(error as Error).message, index]),
    maxInFlight: 10,
  });
  expect(report).toEqual({ made: 3, dropped: 0, failed: 2, interrupted: 0, late: 0, maxLateUs: 0 });
  expect(told).toEqual([
    ["at once", 0],
    ["later", 1],
  ]);
});

test("an abort ends it at once, whatever is under way", async () => {
  const abort = new AbortController();
  const report = await runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 100 }),
    ...fakeTime(),
    start: ({ index }) => {
      if (index === 2) abort.abort();
      return new Promise<void>(() => {});
    },
    onFailure: never,
    maxInFlight: 10,
    signal: abort.signal,
  });
  expect(report).toEqual({ made: 3, dropped: 0, failed: 0, interrupted: 3, late: 0, maxLateUs: 0 });
});

test("sessions that are not over at the end of the grace are interrupted, and are no failures", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const over: number[] = [];
  const report = await run(
    runArrivals({
      pacer: constantArrivalRate({ ratePerSec: 10, count: 4 }),
      clock,
      sleep,
      start: async ({ index }, signal) => {
        await sleep(micros(400_000), signal);
        signal.throwIfAborted();
        over.push(index);
      },
      onFailure: never,
      maxInFlight: 10,
      gracefulStopUs: micros(250_000),
    }),
  );
  // The last begins at 300 ms, so the grace ends at 550 ms: the first two are over at 400 and 500.
  expect(over).toEqual([0, 1]);
  expect(report).toEqual({ made: 4, dropped: 0, failed: 0, interrupted: 2, late: 0, maxLateUs: 0 });
  expect(clock()).toBe(550_000);
});

test("what is over before the grace ends is not waited for any longer", async () => {
  const { clock, sleep, run } = virtualTime(0);
  await run(
    runArrivals({
      pacer: constantArrivalRate({ ratePerSec: 10, count: 2 }),
      clock,
      sleep,
      start: () => sleep(micros(50_000)),
      onFailure: never,
      maxInFlight: 10,
      gracefulStopUs: micros(30_000_000),
    }),
  );
  expect(clock()).toBe(150_000);
});

test("those who end because they are told to by an abort have not failed", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const abort = new AbortController();
  const running = runArrivals({
    pacer: constantArrivalRate({ ratePerSec: 10, count: 9 }),
    clock,
    sleep,
    start: async ({ index }, signal) => {
      if (index === 2) abort.abort();
      await sleep(micros(5_000_000), signal);
      signal.throwIfAborted();
    },
    onFailure: never,
    maxInFlight: 10,
    signal: abort.signal,
  });
  expect(await run(running)).toEqual({
    made: 3,
    dropped: 0,
    failed: 0,
    interrupted: 3,
    late: 0,
    maxLateUs: 0,
  });
});
