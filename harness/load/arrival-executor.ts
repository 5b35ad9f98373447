import { type Clock, type Micros, micros } from "../core/units.ts";
import type { Pacer } from "./pacer.ts";

/** One start. */
export interface Arrival {
  /** Its number, from 0. */
  readonly index: number;
  /** When it was due, on the executor's clock. Latency runs from here, however late it is made. */
  readonly dueUs: Micros;
}

/** What {@link runArrivals} needs. */
export interface ArrivalOptions {
  readonly pacer: Pacer;
  /** When the pacer's time begins, which may be still to come. Default: now. */
  readonly beginUs?: Micros;
  readonly clock: Clock;
  /** Waits so long, or until the signal aborts; it may come back late, and resolves either way. */
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  /** Makes a start, and settles when it is over. */
  readonly start: (arrival: Arrival) => Promise<void>;
  /** Hears of a start that was rejected, and of why. */
  readonly onFailure: (error: unknown, arrival: Arrival) => void;
  /** How many starts may be under way. One that is due beyond that is dropped. */
  readonly maxInFlight: number;
  /** Ends it early: no further start is made, and none under way is waited for. */
  readonly signal?: AbortSignal;
}

/** What became of the starts that were due. */
export interface ArrivalReport {
  /** Made, late or not; those that failed are among them. */
  readonly made: number;
  /** Due, and not made, because too many were under way. */
  readonly dropped: number;
  readonly failed: number;
  /** The largest time by which a start was made late. */
  readonly maxLateUs: Micros;
}

/**
 * Makes starts when the pacer says that they are due, whatever became of those before: an open model. A start
 * whose time has passed is still made, at once, with the time at which it was due. Resolves when all starts
 * that were made have settled.
 */
export async function runArrivals(options: ArrivalOptions): Promise<ArrivalReport> {
  const { pacer, clock, sleep, start, onFailure, maxInFlight, signal } = options;
  const beginUs = options.beginUs ?? clock();
  const underWay = new Set<Promise<void>>();
  let made = 0;
  let dropped = 0;
  let failed = 0;
  let maxLateUs = micros(0);

  // Async, so that what `start` throws before its first await is a rejection too.
  const attempt = async (arrival: Arrival) => start(arrival);
  const make = (arrival: Arrival, nowUs: Micros) => {
    made += 1;
    maxLateUs = micros(Math.max(maxLateUs, nowUs - arrival.dueUs));
    const settled: Promise<void> = attempt(arrival)
      .catch((error: unknown) => {
        failed += 1;
        onFailure(error, arrival);
      })
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  };

  while (!signal?.aborted) {
    const nowUs = clock();
    const index = made + dropped;
    const pace = pacer.pace(micros(nowUs - beginUs), index);
    if (pace.kind === "stop") break;
    if (pace.waitUs > 0) {
      await sleep(pace.waitUs, signal);
    } else if (underWay.size >= maxInFlight) {
      dropped += 1;
    } else {
      make({ index, dueUs: micros(beginUs + pacer.dueUs(index)) }, nowUs);
    }
  }
  await settledOrAborted(underWay, signal);
  return { made, dropped, failed, maxLateUs };
}

async function settledOrAborted(underWay: Iterable<Promise<void>>, signal: AbortSignal | undefined) {
  if (signal?.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const onAbort = () => aborted.resolve();
  signal?.addEventListener("abort", onAbort);
  await Promise.race([Promise.all(underWay), aborted.promise]);
  signal?.removeEventListener("abort", onAbort);
}
