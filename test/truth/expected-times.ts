import { expect } from "vitest";

/** What two processes, their timers and sockets may add where others use the same cores. Nothing is ever taken off. */
export const NOISE_MS = 20;
/** The same, where hundreds of frames come at once, to a process that others may keep from its core meanwhile. */
export const BURST_NOISE_MS = 100;

/** An expectation of a time in microseconds: from so many milliseconds on, up to so much noise above. */
export function fromMs(least: number, noise = BURST_NOISE_MS): unknown {
  return expect.toSatisfy(
    (us: number) => us >= least * 1000 && us <= (least + noise) * 1000,
    `from ${least} to ${least + noise} ms`,
  );
}
