import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { LoopDelay } from "../../../harness/measure/loop-delay.ts";

/** Keeps the event loop from going on. */
function block(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

test("before the first tick there is nothing to tell", () => {
  const delay = new LoopDelay();
  delay.resume();
  delay.pause();
  expect(delay.read()).toBeNull();
});

test("a loop that is held up is late by that", async () => {
  const delay = new LoopDelay();
  delay.resume();
  await sleep(30);
  block(100);
  await sleep(30);
  delay.pause();
  const { samples = 0, max = 0 } = delay.read() ?? {};
  expect(samples).toBeGreaterThanOrEqual(2);
  // The tick that was due meanwhile is late by all of it but the 10 ms in which it was not due yet.
  expect(max).toBeGreaterThanOrEqual(85_000);
});

test("the time between two periods is no delay, however long it is", async () => {
  const delay = new LoopDelay();
  delay.resume();
  await sleep(30);
  delay.pause();
  const { samples } = delay.read() ?? {};
  await sleep(3000);
  expect(delay.read()?.samples, "while nothing is sampled").toBe(samples);
  delay.resume();
  await sleep(30);
  delay.pause();
  expect(delay.read()?.max).toBeLessThan(3_000_000);
});
