import { type Clock, type Micros, micros } from "../core/units.ts";

/** Holds back what a process does to a server that it may load only so much. */
export class Throttle {
  readonly #betweenUs: number;
  readonly #clock: Clock;
  readonly #sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  #nextUs = 0;

  /** @param limitPerSec how often a second it lets something pass; null: it holds nothing back */
  constructor(
    limitPerSec: number | null,
    {
      clock,
      sleep,
    }: { readonly clock: Clock; readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void> },
  ) {
    this.#betweenUs = limitPerSec === null ? 0 : 1_000_000 / limitPerSec;
    this.#clock = clock;
    this.#sleep = sleep;
  }

  /** Resolves when the next thing may be done, or the signal aborts. */
  async turn(signal?: AbortSignal): Promise<void> {
    if (this.#betweenUs === 0) return;
    const nowUs = this.#clock();
    const atUs = Math.max(nowUs, this.#nextUs);
    this.#nextUs = atUs + this.#betweenUs;
    if (atUs > nowUs) await this.#sleep(micros(atUs - nowUs), signal);
  }
}
