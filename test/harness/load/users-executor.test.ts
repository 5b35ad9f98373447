import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { runUsers } from "../../../harness/load/users-executor.ts";
import { type Wanted, wantedTimes } from "../../../harness/load/users-schedule.ts";
import { virtualTime } from "./virtual-time.ts";

const wanted = (slot: number, fromMs: number, untilMs: number): Wanted => ({
  slot,
  fromUs: micros(fromMs * 1000),
  untilUs: micros(untilMs * 1000),
});

const never = () => {
  throw new Error("no iteration should fail");
};

/** Runs users whose iterations take so long each, and tells when each began, in milliseconds. */
async function acting(
  times: readonly Wanted[],
  tookMs: number,
  options: { gracefulStopMs?: number; oversleptMs?: number[] } = {},
) {
  const { clock, sleep, run } = virtualTime(0);
  const overslept = options.oversleptMs ?? [];
  const begun: [number, number][] = [];
  const report = await run(
    runUsers({
      times,
      clock,
      sleep: (us, signal) => sleep(micros(us + 1000 * (overslept.shift() ?? 0)), signal),
      iterate: async (slot, signal) => {
        begun.push([slot, clock() / 1000]);
        await sleep(micros(tookMs * 1000), signal);
        signal.throwIfAborted();
      },
      onFailure: never,
      ...(options.gracefulStopMs === undefined
        ? {}
        : { gracefulStopUs: micros(options.gracefulStopMs * 1000) }),
    }),
  );
  return { begun, report, endedMs: clock() / 1000 };
}

test("each user acts again as soon as he is done, until he is no longer wanted", async () => {
  const { begun, report, endedMs } = await acting(
    wantedTimes({ kind: "constant-users", users: 2, durationMs: 1000 }),
    400,
  );
  expect(begun).toEqual([
    [0, 0],
    [1, 0],
    [0, 400],
    [1, 400],
    [0, 800],
    [1, 800],
  ]);
  expect(report).toEqual({ made: 6, failed: 0, interrupted: 0, late: 0, maxLateUs: 0 });
  expect(endedMs).toBe(1200);
});

test("users come and go with the ramp, and one who is no longer wanted ends after his iteration", async () => {
  const { begun } = await acting(
    wantedTimes({
      kind: "ramping-users",
      startUsers: 1,
      stages: [
        { durationMs: 1000, users: 2 },
        { durationMs: 500, users: 2 },
        { durationMs: 1000, users: 1 },
      ],
    }),
    600,
  );
  expect(begun.filter(([slot]) => slot === 1)).toEqual([
    [1, 1000],
    [1, 1600],
    [1, 2200],
  ]);
});

test("one who is still busy when he is wanted again goes on, and is not there twice", async () => {
  const { begun, report } = await acting([wanted(0, 0, 100), wanted(0, 300, 800)], 350);
  expect(begun).toEqual([
    [0, 0],
    [0, 350],
    [0, 700],
  ]);
  expect(report).toMatchObject({ made: 3, late: 0 });
});

test("iterations that are not over at the end of the grace are interrupted, and are no failures", async () => {
  const times = wantedTimes({ kind: "constant-users", users: 3, durationMs: 1000 });
  const { report, endedMs } = await acting(times, 900, { gracefulStopMs: 500 });
  expect(report).toEqual({ made: 6, failed: 0, interrupted: 3, late: 0, maxLateUs: 0 });
  expect(endedMs).toBe(1500);
});

test("slots that begin late are counted, and the worst told", async () => {
  const { report } = await acting([wanted(0, 100, 500), wanted(1, 110, 500), wanted(2, 300, 500)], 1000, {
    oversleptMs: [80],
  });
  expect(report).toMatchObject({ made: 3, late: 2, maxLateUs: 80_000 });
});

test("one who fails at once does it a hundred times a second and not more, and stops nobody", async () => {
  const { clock, sleep, run } = virtualTime();
  const told: string[] = [];
  const report = await run(
    runUsers({
      times: wantedTimes({ kind: "constant-users", users: 1, durationMs: 1000 }),
      clock,
      sleep,
      iterate: () => {
        throw new Error("not now");
      },
      onFailure: (error, slot) => told.push(`${slot}: ${(error as Error).message}`),
    }),
  );
  expect(report).toEqual({ made: 100, failed: 100, interrupted: 0, late: 0, maxLateUs: 0 });
  expect([told.length, told[0]]).toEqual([100, "0: not now"]);
});

test("an abort ends it at once, and whoever is to come does not", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const abort = new AbortController();
  const report = await run(
    runUsers({
      times: [wanted(0, 0, 1000), wanted(1, 500, 1000)],
      clock,
      sleep,
      signal: abort.signal,
      iterate: async () => {
        await sleep(micros(200_000));
        abort.abort();
        await new Promise<never>(() => {});
      },
      onFailure: never,
    }),
  );
  expect(report).toEqual({ made: 1, failed: 0, interrupted: 1, late: 0, maxLateUs: 0 });
  expect(clock()).toBe(200_000);
});

test("those who end because they are told to by an abort have not failed", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const abort = new AbortController();
  const running = runUsers({
    times: [wanted(0, 0, 1000), wanted(1, 0, 1000)],
    clock,
    sleep,
    signal: abort.signal,
    iterate: async (slot, signal) => {
      await sleep(micros(slot === 0 ? 200_000 : 900_000), signal);
      if (slot === 0) abort.abort();
      signal.throwIfAborted();
    },
    onFailure: never,
  });
  expect(await run(running)).toEqual({ made: 2, failed: 0, interrupted: 2, late: 0, maxLateUs: 0 });
});
