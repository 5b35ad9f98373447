import { type Micros, micros } from "../../../harness/core/units.ts";

/** A clock that many can sleep by. It moves on to the next who wakes when nobody has anything left to do. */
export function virtualTime(beginUs = 5_000_000) {
  let nowUs = beginUs;
  const sleepers: { readonly wakeUs: number; readonly wake: () => void }[] = [];

  const sleep = (us: Micros, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { wakeUs: nowUs + us, wake: resolve };
    sleepers.push(sleeper);
    signal?.addEventListener("abort", () => {
      const at = sleepers.indexOf(sleeper);
      if (at !== -1) sleepers.splice(at, 1);
      resolve();
    });
    return promise;
  };

  /** Lets time pass until the promise settles. */
  const run = async <Value>(promise: Promise<Value>): Promise<Value> => {
    let over = false;
    const settled = promise.finally(() => {
      over = true;
    });
    // Whoever is awake acts in microtasks, which are all done before the next turn of the event loop.
    for (;;) {
      await new Promise(setImmediate);
      if (over) return settled;
      const next = Math.min(...sleepers.map(({ wakeUs }) => wakeUs));
      if (next === Infinity) throw new Error("everybody waits and nobody sleeps");
      nowUs = Math.max(nowUs, next);
      for (const sleeper of sleepers.filter(({ wakeUs }) => wakeUs === next)) {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      }
    }
  };

  return { clock: () => micros(nowUs), sleep, run };
}
