import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { watchGc } from "../../../harness/measure/gc-watch.ts";

/** Collects garbage while somebody watches, and waits until he is told. */
async function collect(collectGarbage: () => void, told: number[] = []) {
  const first = Promise.withResolvers<void>();
  const stop = watchGc((us) => {
    told.push(us);
    first.resolve();
  });
  const begunMs = performance.now();
  collectGarbage();
  const tookUs = (performance.now() - begunMs) * 1000;
  stop();
  await first.promise;
  return tookUs;
}

test("pauses are told while it watches, also those just before the end, and none after", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const told: number[] = [];
  const tookUs = await collect(collectGarbage, told);
  const share = told.reduce((sum, us) => sum + us, 0) / tookUs;
  // The call is hardly more than the pause itself.
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(1.05);
  const pauses = told.length;
  await collect(collectGarbage);
  expect(told.length).toBe(pauses);
});
