import type { Clock } from "../core/units.ts";
import { type OnGcPause, watchGc } from "./gc-watch.ts";
import type { GeneratorHealth } from "./generator-health.ts";
import { LoopDelay } from "./loop-delay.ts";

/** What a {@link HealthMonitor} reads. The defaults are those of this process. */
export interface HealthSources {
  readonly clock: Clock;
  /** CPU time used so far, in microseconds: `process.cpuUsage`. */
  readonly cpuUsage?: () => { readonly user: number; readonly system: number };
  /** Tells of pauses in which garbage was collected, until the function that it returns is called: `watchGc`. */
  readonly watchGc?: (onPause: OnGcPause) => () => void;
  /** Starts so far, as the executors counted them. */
  readonly starts: () => StartCounts;
}

/** Starts of all executors of a process. */
export interface StartCounts {
  readonly made: number;
  readonly dropped: number;
  /** Of those that were made. */
  readonly late: number;
  readonly maxLateUs: number;
}

/**
 * Watches how this process fares while there is load: from each `resume` to the next `pause`, together. Reading it
 * costs nothing; it samples every 10 ms.
 */
export class HealthMonitor {
  readonly #sources: Required<HealthSources>;
  readonly #delay = new LoopDelay();
  /** Of the periods that are over. */
  #watchedUs = 0;
  #usedCpuUs = 0;
  #gcUs = 0;
  #longestGcUs = 0;
  #stopWatchingGc: (() => void) | null = null;
  /** When the period that goes on began; null between periods. */
  #since: { readonly atUs: number; readonly cpuUs: number } | null = null;

  constructor(sources: HealthSources) {
    this.#sources = { cpuUsage: () => process.cpuUsage(), watchGc, ...sources };
  }

  /** Begins to watch, or goes on. */
  resume(): void {
    this.#since ??= { atUs: this.#sources.clock(), cpuUs: this.#cpuUs() };
    this.#delay.resume();
    this.#stopWatchingGc ??= this.#sources.watchGc((us) => {
      this.#gcUs += us;
      this.#longestGcUs = Math.max(this.#longestGcUs, us);
    });
  }

  /** Stops watching until it is resumed. */
  pause(): void {
    const { watchedUs, usedCpuUs } = this.#totals();
    this.#watchedUs = watchedUs;
    this.#usedCpuUs = usedCpuUs;
    this.#since = null;
    this.#delay.pause();
    this.#stopWatchingGc?.();
    this.#stopWatchingGc = null;
  }

  /** How it fared while it was watched. */
  read(): GeneratorHealth {
    const { made, dropped, late, maxLateUs } = this.#sources.starts();
    const { watchedUs, usedCpuUs } = this.#totals();
    return {
      loopDelayUs: this.#delay.read(),
      cpuPercent: percent(usedCpuUs, watchedUs),
      gcPercent: percent(this.#gcUs, watchedUs),
      longestGcUs: this.#longestGcUs,
      madeStarts: made,
      droppedStarts: dropped,
      lateStarts: late,
      maxLateUs,
    };
  }

  #totals(): { readonly watchedUs: number; readonly usedCpuUs: number } {
    const since = this.#since;
    if (since === null) return { watchedUs: this.#watchedUs, usedCpuUs: this.#usedCpuUs };
    return {
      watchedUs: this.#watchedUs + this.#sources.clock() - since.atUs,
      usedCpuUs: this.#usedCpuUs + this.#cpuUs() - since.cpuUs,
    };
  }

  #cpuUs(): number {
    const { user, system } = this.#sources.cpuUsage();
    return user + system;
  }
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : (part * 100) / whole;
}
