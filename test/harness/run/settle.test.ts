import { expect, test } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import { settle } from "../../../harness/run/settle.ts";

/** Settles at a clock that stands at 1 s and moves only by sleeping; gives how long it took, in milliseconds. */
async function settledAfterMs(
  lastActivityMs: (nowMs: number) => number,
  signal = new AbortController().signal,
  quietMs?: number,
): Promise<number> {
  let nowUs = 1_000_000;
  await settle({
    clock: () => micros(nowUs),
    sleep: async (us: Micros) => {
      nowUs += us;
    },
    lastActivityUs: async () => micros(lastActivityMs(nowUs / 1000) * 1000),
    signal,
    ...(quietMs !== undefined && { quietUs: micros(quietMs * 1000) }),
  });
  return nowUs / 1000 - 1000;
}

test.each<[string, (nowMs: number) => number, number]>([
  ["nothing comes: a quarter of a second is quiet enough", () => 0, 250],
  ["the last frame came long ago: what was sent just now may still be on its way", () => 400, 250],
  ["the last frame comes after 100 ms: quiet from then on", (nowMs) => (nowMs >= 1100 ? 1100 : 0), 350],
  ["frames stop after 2 s", (nowMs) => Math.min(nowMs, 3000), 2250],
  ["frames never stop: after ten seconds everybody is checked as he is", (nowMs) => nowMs, 10_000],
])("%s", async (_, lastActivityMs, expectedMs) => {
  expect(await settledAfterMs(lastActivityMs)).toBe(expectedMs);
});

test("a scenario may have a shorter quiet", async () => {
  const lastActivityMs = (nowMs: number) => (nowMs >= 1020 ? 1020 : 0);
  expect(await settledAfterMs(lastActivityMs, new AbortController().signal, 25)).toBe(45);
});

test("an abort ends the wait with its reason", async () => {
  const abort = new AbortController();
  const waiting = settledAfterMs((nowMs) => {
    if (nowMs >= 1500) abort.abort(new Error("the server died"));
    return nowMs;
  }, abort.signal);
  await expect(waiting).rejects.toThrow("the server died");
});
