import type { Clock, Micros } from "../core/units.ts";

/** Has something done when it is asked for, but for what is asked for so soon after the last time that it was done. */
export function atMostEvery(intervalUs: Micros, clock: Clock, act: () => void): () => void {
  let lastUs: number | null = null;
  return () => {
    const nowUs = clock();
    if (lastUs !== null && nowUs - lastUs < intervalUs) return;
    act();
    lastUs = nowUs;
  };
}
