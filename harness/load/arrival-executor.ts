import { type Clock, type Micros, micros } from "../core/units.ts";
import { LATE_START_US, type Sleep, settledWithin } from "./executor-end.ts";
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
  readonly sleep: Sleep;
  /**
   * Makes a start, an action or a whole session, and settles when it is over. The signal, one for all of them, tells
   * it to end at once.
   */
  readonly start: (arrival: Arrival, signal: AbortSignal) => Promise<void>;
  /** Hears of a start that was rejected, and of why; not of those that were told to end. */
  readonly onFailure: (error: unknown, arrival: Arrival) => void;
  /** How many starts may be under way. One that is due beyond that is dropped. */
  readonly maxInFlight: number;
  /** From when on a start that was made counts as late. Default: {@link LATE_START_US}. */
  readonly lateUs?: Micros;
  /** How long after the last start those under way may go on before they are told to end. Default: as long as they take. */
  readonly gracefulStopUs?: Micros;
  /** Ends it early: no further start is made, and those under way are told to end and not waited for. */
  readonly signal?: AbortSignal;
}

/** What became of the starts that were due. */
export interface ArrivalReport {
  /** Made, late or not; those that failed or were interrupted are among them. */
  readonly made: number;
  /** Due, and not made, because too many were under way. */
  readonly dropped: number;
  readonly failed: number;
  /** Told to end before they were over. */
  readonly interrupted: number;
  /** Made later than `lateUs`. */
  readonly late: number;
  /** The largest time by which a start was made late. */
  readonly maxLateUs: Micros;
}

/**
 * Makes starts when the pacer says that they are due, whatever became of those before: an open model, and with
 * sessions for starts a partly open one. A start whose time has passed is still made, at once, with the time at which
 * it was due. Resolves when all starts that were made have settled or were told to end.
 */
export async function runArrivals(options: ArrivalOptions): Promise<ArrivalReport> {
  const { pacer, clock, sleep, start, onFailure, maxInFlight, signal } = options;
  const { lateUs = LATE_START_US, gracefulStopUs = null } = options;
  const end = new AbortController();
  const ended = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]);
  const beginUs = options.beginUs ?? clock();
  const underWay = new Set<Promise<void>>();
  let made = 0;
  let dropped = 0;
  let completed = 0;
  let failed = 0;
  let late = 0;
  let maxLateUs = micros(0);

  // Async, so that what `start` throws before its first await is a rejection too.
  const attempt = async (arrival: Arrival) => start(arrival, ended);
  const make = (arrival: Arrival, nowUs: Micros) => {
    const lateByUs = nowUs - arrival.dueUs;
    made += 1;
    if (lateByUs > lateUs) late += 1;
    maxLateUs = micros(Math.max(maxLateUs, lateByUs));
    const settled: Promise<void> = attempt(arrival)
      .then(
        () => {
          completed += 1;
        },
        (error: unknown) => {
          if (ended.aborted) return;
          failed += 1;
          onFailure(error, arrival);
        },
      )
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  };

  while (!ended.aborted) {
    const nowUs = clock();
    const index = made + dropped;
    const pace = pacer.pace(micros(nowUs - beginUs), index);
    if (pace.kind === "stop") break;
    if (pace.waitUs > 0) {
      await sleep(pace.waitUs, ended);
    } else if (underWay.size >= maxInFlight) {
      dropped += 1;
    } else {
      make({ index, dueUs: micros(beginUs + pacer.dueUs(index)) }, nowUs);
    }
  }
  await settledWithin(gracefulStopUs, underWay, sleep, ended);
  const interrupted = made - completed - failed;
  end.abort();
  return { made, dropped, failed, interrupted, late, maxLateUs };
}
