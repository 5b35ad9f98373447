import { type Clock, type Micros, micros } from "../core/units.ts";

/** When a crowd counts as being at rest. */
export interface SettleOptions {
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  /** When the last frame came, on the same clock. */
  readonly lastActivityUs: () => Promise<Micros>;
  /** How many arrivals are missing that must still come. */
  readonly outstanding: () => Promise<number>;
  readonly signal: AbortSignal;
  /** Nobody has received anything for so long: at rest. Default: 250 ms. */
  readonly quietUs?: Micros;
}

const QUIET_US = micros(250_000);
/** What is missing when nobody has received anything for so long is lost. */
const LOST_US = micros(2_000_000);
/** Who is not at rest after so long is checked as he is. */
const PATIENCE_US = micros(10_000_000);

/** Waits until everything that was sent has arrived: nothing came for a while, and nothing is missing, or it is lost. */
export async function settle({
  clock,
  sleep,
  lastActivityUs,
  outstanding,
  signal,
  quietUs = QUIET_US,
}: SettleOptions): Promise<void> {
  const beganUs = clock();
  for (;;) {
    signal.throwIfAborted();
    const nowUs = clock();
    const sinceUs = nowUs - Math.max(beganUs, await lastActivityUs());
    if (nowUs - beganUs >= PATIENCE_US || sinceUs >= Math.max(quietUs, LOST_US)) return;
    if (sinceUs >= quietUs && (await outstanding()) === 0) return;
    await sleep(micros(sinceUs < quietUs ? quietUs - sinceUs : quietUs), signal);
  }
}
