import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { executorDurationMs, startsOf } from "../../../harness/core/executor.ts";
import { micros } from "../../../harness/core/units.ts";
import {
  constantArrivalRate,
  type Pacer,
  pacerFor,
  partOf,
  rampingArrivalRate,
} from "../../../harness/load/pacer.ts";

const wait = (us: number) => ({ kind: "wait", waitUs: us });
const stop = { kind: "stop" };

describe("a constant arrival rate", () => {
  test.each([
    // rate, bounds, elapsed us, started, pace
    [10, { durationMs: 1000 }, 0, 0, wait(0)],
    [10, { durationMs: 1000 }, 0, 1, wait(100_000)],
    [10, { durationMs: 1000 }, 40_000, 1, wait(60_000)],
    [10, { durationMs: 1000 }, 100_000, 1, wait(0)],
    // Behind: what is due is due at once, and is not skipped.
    [10, { durationMs: 1000 }, 550_000, 2, wait(0)],
    [10, { durationMs: 1000 }, 5_000_000, 9, wait(0)],
    // The bound counts starts, so that a slow run makes as many as a fast one.
    [10, { durationMs: 1000 }, 900_000, 10, stop],
    [10, { durationMs: 1050 }, 900_000, 10, wait(100_000)],
    [10, { durationMs: 1050 }, 900_000, 11, stop],
    [10, { count: 3 }, 0, 2, wait(200_000)],
    [10, { count: 3 }, 0, 3, stop],
    [10, { count: 30, durationMs: 200 }, 0, 2, stop],
    [10, { count: 1, durationMs: 200 }, 0, 1, stop],
    [0.5, { count: 3 }, 0, 1, wait(2_000_000)],
    [3, { count: 4 }, 0, 1, wait(333_333)],
    [3, { count: 4 }, 0, 3, wait(1_000_000)],
  ])("of %d/s for %o, %d us on with %d starts, says %o", (ratePerSec, bounds, elapsedUs, started, pace) => {
    expect(constantArrivalRate({ ratePerSec, ...bounds }).pace(micros(elapsedUs), started)).toEqual(pace);
  });

  test("does not add up its roundings", () => {
    expect(constantArrivalRate({ ratePerSec: 3, count: 4_000_000 }).dueUs(3_000_000)).toBe(1_000_000_000_000);
  });

  test.each([
    [{ ratePerSec: 0, count: 1 }, "an arrival rate of 0 per second never starts"],
    [{ ratePerSec: Number.NaN, count: 1 }, "an arrival rate of NaN per second never starts"],
    [{ ratePerSec: 1 }, "an arrival rate needs a duration or a count, or it never stops"],
  ])("of %o is refused", (options, message) => {
    expect(() => constantArrivalRate(options)).toThrow(message);
  });
});

const ramp = (startRatePerSec: number, ...stages: (readonly [number, number])[]) =>
  rampingArrivalRate({
    startRatePerSec,
    stages: stages.map(([durationMs, ratePerSec]) => ({ durationMs, ratePerSec })),
  });
const allDue = (pacer: Pacer) => Array.from({ length: pacer.starts }, (_, index) => pacer.dueUs(index));

describe("a ramping arrival rate", () => {
  test.each([
    // Up from 0 to 8 a second within a second: 4 t² starts, so start n is due at √(n / 4).
    ["on the way up", ramp(0, [1000, 8]), [0, 500_000, 707_107, 866_025]],
    // Down: the mirror of it, 8 t - 4 t².
    ["on the way down", ramp(8, [1000, 0]), [0, 133_975, 292_893, 500_000]],
    ["when it is constant", ramp(4, [1000, 4]), [0, 250_000, 500_000, 750_000]],
    ["after a jump", ramp(0, [1000, 0], [0, 2], [1000, 2]), [1_000_000, 1_500_000]],
    // What is due where the rate has fallen to 0 waits until it rises again.
    ["after a pause", ramp(4, [1000, 0], [3000, 0], [1000, 2]), [0, 292_893, 4_000_000]],
    ["over two stages", ramp(0, [1000, 2], [1000, 2]), [0, 1_000_000, 1_500_000]],
  ])("has its starts due %s", (_, pacer, due) => {
    expect(allDue(pacer)).toEqual(due);
    expect(pacer.pace(micros(0), pacer.starts)).toEqual(stop);
    expect(pacer.pace(micros(0), 1)).toEqual(wait(due[1] ?? 0));
    expect(pacer.pace(micros(9_000_000), 1)).toEqual(wait(0));
  });

  test("that does not change is a constant one", () => {
    expect(allDue(ramp(7, [500, 7], [2500, 7]))).toEqual(
      allDue(constantArrivalRate({ ratePerSec: 7, durationMs: 3000 })),
    );
  });
});

const anyRate = fc.oneof(
  fc.record({
    kind: fc.constant("constant-arrival-rate" as const),
    ratePerSec: fc.integer({ min: 1, max: 900 }).map((tenths) => tenths / 10),
    durationMs: fc.integer({ min: 1, max: 5000 }),
  }),
  fc.record({
    kind: fc.constant("ramping-arrival-rate" as const),
    startRatePerSec: fc.nat(60),
    stages: fc.array(fc.record({ durationMs: fc.nat(2000), ratePerSec: fc.nat(60) }), {
      minLength: 1,
      maxLength: 5,
    }),
  }),
);

test("starts are due in order and within the duration, and as many as the scenario says", () => {
  fc.assert(
    fc.property(anyRate, (rate) => {
      const due = allDue(pacerFor(rate));
      expect(due.length).toBe(startsOf(rate));
      expect(due).toEqual(due.toSorted((a, b) => a - b));
      expect(due.every((us) => us >= 0 && us <= executorDurationMs(rate) * 1000)).toBe(true);
    }),
  );
});

test("the parts of several processes together are the whole", () => {
  fc.assert(
    fc.property(anyRate, fc.integer({ min: 1, max: 9 }), (rate, parts) => {
      const whole = allDue(pacerFor(rate));
      const together = Array.from<number>({ length: whole.length });
      for (let part = 0; part < parts; part += 1) {
        for (const [index, us] of allDue(partOf(pacerFor(rate), part, parts)).entries()) {
          expect(together[index * parts + part]).toBe(undefined);
          together[index * parts + part] = us;
        }
      }
      expect(together).toEqual(whole);
    }),
  );
});
