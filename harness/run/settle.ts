import { type Clock, type Micros, micros } from "../core/units.ts";

/** When a crowd counts as being at rest. */
export interface SettleOptions {
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  /** When the last frame came, on the same clock. */
  readonly lastActivityUs: () => Promise<Micros>;
  readonly signal: AbortSignal;
  /** Nobody has received anything for so long: at rest. Default: 250 ms. */
  readonly quietUs?: Micros;
}

const QUIET_US = micros(250_000);
/** Who is not at rest after so long is checked as he is. */
const PATIENCE_US = micros(10_000_000);

/** Waits until everything that was sent has arrived: nothing came for a while. */
export async function settle({
  clock,
  sleep,
  lastActivityUs,
  signal,
  quietUs = QUIET_US,
}: SettleOptions): Promise<void> {
  const beganUs = clock();
  for (;;) {
    signal.throwIfAborted();
    const nowUs = clock();
    const sinceUs = nowUs - Math.max(beganUs, await lastActivityUs());
    if (sinceUs >= quietUs || nowUs - beganUs >= PATIENCE_US) return;
    await sleep(micros(quietUs - sinceUs), signal);
  }
}
