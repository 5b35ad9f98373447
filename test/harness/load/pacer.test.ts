import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { constantArrivalRate } from "../../../harness/load/pacer.ts";

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
