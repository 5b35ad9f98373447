import { setTimeout } from "node:timers/promises";

/** How faults take their time. */
export interface FaultTime {
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<unknown>;
  /** Keeps the process busy for so many milliseconds of its CPU. */
  burn(ms: number): void;
}

/** The time of the process. */
export const PROCESS_TIME: FaultTime = {
  wait: (ms) => setTimeout(ms, undefined, { ref: false }),
  burn(ms) {
    const start = process.cpuUsage();
    for (;;) {
      const { user, system } = process.cpuUsage(start);
      if (user + system >= ms * 1000) return;
    }
  },
};
