import { createHistogram, performance } from "node:perf_hooks";
import { type Micros, micros } from "../core/units.ts";

const RESOLUTION_MS = 10;

/** How late ticks of the event loop were that were due every 10 ms. */
export interface LoopLateness {
  readonly samples: number;
  readonly mean: Micros;
  readonly p99: Micros;
  readonly max: Micros;
}

/**
 * Samples how late the event loop of this process is, in periods. `monitorEventLoopDelay` of Node is not for that: enabled again,
 * it takes the time for which it was disabled for a delay.
 */
export class LoopDelay {
  /** From one tick to the next, in nanoseconds. */
  readonly #ticks = createHistogram();
  #timer: NodeJS.Timeout | null = null;

  /** Begins to sample, or goes on. */
  resume(): void {
    if (this.#timer !== null) return;
    let lastMs = performance.now();
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      this.#ticks.record(Math.max(1, Math.round((nowMs - lastMs) * 1e6)));
      lastMs = nowMs;
    }, RESOLUTION_MS).unref();
  }

  /** Stops sampling until it is resumed. */
  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Of all periods together; null before the first tick. */
  read(): LoopLateness | null {
    const { count: samples, mean, max } = this.#ticks;
    if (samples === 0) return null;
    const late = (ns: number) => micros(Math.max(0, Math.round(ns / 1000) - RESOLUTION_MS * 1000));
    return { samples, mean: late(mean), p99: late(this.#ticks.percentile(99)), max: late(max) };
  }
}
