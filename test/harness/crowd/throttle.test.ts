import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { Throttle } from "../../../harness/crowd/throttle.ts";
import { virtualTime } from "../load/virtual-time.ts";

/** When so many get their turn who ask at once, in milliseconds. */
async function turnsMs(limitPerSec: number | null, asking: number): Promise<number[]> {
  const { clock, sleep, run } = virtualTime(0);
  const throttle = new Throttle(limitPerSec, { clock, sleep });
  const atMs: number[] = [];
  const ask = async () => {
    await throttle.turn();
    atMs.push(clock() / 1000);
  };
  await run(Promise.all(Array.from({ length: asking }, ask)));
  return atMs;
}

test("of those who ask at once one passes at a time, at even distances", async () => {
  expect(await turnsMs(4, 4)).toEqual([0, 250, 500, 750]);
});

test("without a limit nobody waits", async () => {
  expect(await turnsMs(null, 3)).toEqual([0, 0, 0]);
});

test("who asks after a pause passes at once, and what was not used is not made up for", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const throttle = new Throttle(10, { clock, sleep });
  await run(throttle.turn());
  await run(sleep(micros(1_000_000)));
  await run(throttle.turn());
  expect(clock()).toBe(1_000_000);
  await run(throttle.turn());
  expect(clock()).toBe(1_100_000);
});

test("who is told to end does not wait any longer", async () => {
  const { clock, sleep, run } = virtualTime(0);
  const throttle = new Throttle(1, { clock, sleep });
  const abort = new AbortController();
  await run(throttle.turn());
  const waiting = throttle.turn(abort.signal);
  abort.abort();
  await run(waiting);
  expect(clock()).toBe(0);
});
