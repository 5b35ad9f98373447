import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Clock, micros } from "../core/units.ts";
import type { GeneratorHealth } from "./generator-health.ts";

/** What a {@link HealthMonitor} reads. The defaults are those of this process. */
export interface HealthSources {
  readonly clock: Clock;
  /** CPU time used so far, in microseconds: `process.cpuUsage`. */
  readonly cpuUsage?: () => { readonly user: number; readonly system: number };
  /** Starts so far, as the executors counted them. */
  readonly starts: () => { readonly made: number; readonly dropped: number };
}

type DelayHistogram = ReturnType<typeof monitorEventLoopDelay>;

const RESOLUTION_MS = 10;

/** Watches how this process fares, from `start` to `stop`. Reading it costs nothing; it samples every 10 ms. */
export class HealthMonitor {
  readonly #sources: Required<HealthSources>;
  #delay: DelayHistogram | undefined;
  #startedUs = 0;
  #cpuAtStartUs = 0;

  constructor(sources: HealthSources) {
    this.#sources = { cpuUsage: () => process.cpuUsage(), ...sources };
  }

  /** Begins, or begins anew. */
  start(): void {
    this.#delay?.disable();
    this.#delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#delay.enable();
    this.#startedUs = this.#sources.clock();
    this.#cpuAtStartUs = this.#cpuUs();
  }

  /** How it fared since {@link start}. Goes on watching. */
  read(): GeneratorHealth {
    const { made, dropped } = this.#sources.starts();
    const elapsedUs = this.#sources.clock() - this.#startedUs;
    return {
      loopDelayUs: this.#delay && this.#delay.count > 0 ? lateness(this.#delay) : null,
      cpuPercent: elapsedUs <= 0 ? 0 : ((this.#cpuUs() - this.#cpuAtStartUs) * 100) / elapsedUs,
      madeStarts: made,
      droppedStarts: dropped,
    };
  }

  /** As {@link read}, and ends it. */
  stop(): GeneratorHealth {
    const health = this.read();
    this.#delay?.disable();
    return health;
  }

  #cpuUs(): number {
    const { user, system } = this.#sources.cpuUsage();
    return user + system;
  }
}

/** Node records nanoseconds from one tick of its timer to the next, so the timer's own period is taken off. */
function lateness(delay: DelayHistogram) {
  const late = (ns: number) => Math.max(0, micros(ns / 1000 - RESOLUTION_MS * 1000));
  return { mean: late(delay.mean), p99: late(delay.percentile(99)), max: late(delay.max) };
}
