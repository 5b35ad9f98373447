import { expect, test } from "vitest";
import { realClock, realSleep } from "../../../harness/core/real-time.ts";
import { micros } from "../../../harness/core/units.ts";

const HOUR = micros(3_600_000_000);

test("the clock reads integer microseconds since the epoch, and never goes back", () => {
  const readings = Array.from({ length: 1000 }, realClock);
  expect(readings.filter((us) => !Number.isSafeInteger(us))).toEqual([]);
  expect(readings.toSorted((a, b) => a - b)).toEqual(readings);
  const offByMinutes = Math.round((realClock() / 1000 - Date.now()) / 60_000);
  expect(Math.abs(offByMinutes)).toBe(0);
});

test("a sleep that is aborted is over, and is no error", async () => {
  const abort = new AbortController();
  const sleeping = realSleep(HOUR, abort.signal);
  abort.abort(new Error("enough"));
  expect(await sleeping).toBe(undefined);
});

test("a sleep with a signal that was aborted before does not begin", async () => {
  expect(await realSleep(HOUR, AbortSignal.abort())).toBe(undefined);
});
