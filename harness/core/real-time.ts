import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { type Clock, type Micros, micros } from "./units.ts";

/** The real clock. The time origin is read from the system's clock once, so it never goes back. */
export const realClock: Clock = () => micros((performance.timeOrigin + performance.now()) * 1000);

/** Waits, or stops waiting when the signal aborts. Never rejects. */
export async function realSleep(us: Micros, signal?: AbortSignal): Promise<void> {
  await wait(us / 1000, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
