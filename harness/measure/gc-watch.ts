import { PerformanceObserver } from "node:perf_hooks";

/** Told of each time at which garbage was collected, in microseconds. */
export type OnGcPause = (us: number) => void;

/** More than the few turns of the event loop after which a pause is told. */
const TOLD_WITHIN_MS = 100;

/**
 * Tells of each pause of this process in which garbage was collected, as V8 reports it (`node:perf_hooks`, entries of
 * type `gc`), from now on until the function that it returns is called. A pause is told some turns of the event loop after
 * it, so those just before that call are told after it.
 */
export function watchGc(onPause: OnGcPause): () => void {
  const beginMs = performance.now();
  let endMs = Infinity;
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (startTime >= beginMs && startTime < endMs) onPause(duration * 1000);
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  return () => {
    endMs = performance.now();
    setTimeout(() => observer.disconnect(), TOLD_WITHIN_MS).unref();
  };
}
