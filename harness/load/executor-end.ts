import { type Micros, micros } from "../core/units.ts";

/** Waits so long, or until the signal aborts; it may come back late, and resolves either way. */
export type Sleep = (us: Micros, signal?: AbortSignal) => Promise<void>;

/** From when on a start counts as late, unless told otherwise: 50 ms, more than a timer and a collection of garbage. */
export const LATE_START_US = micros(50_000);

/**
 * Waits until all have settled, but no longer than a time (null: however long it takes), nor than until the signal
 * aborts. None of them may reject.
 */
export async function settledWithin(
  us: Micros | null,
  underWay: Iterable<Promise<void>>,
  sleep: Sleep,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const onAbort = () => aborted.resolve();
  signal.addEventListener("abort", onAbort);
  const awake = new AbortController();
  const timeIsUp = us === null ? [] : [sleep(us, awake.signal)];
  await Promise.race([Promise.all(underWay), aborted.promise, ...timeIsUp]);
  awake.abort();
  signal.removeEventListener("abort", onAbort);
}
