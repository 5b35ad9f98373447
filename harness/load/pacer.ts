import { type Micros, micros } from "../core/units.ts";

/** What to do now: wait so long for the next start (0: it is due), or stop, since all starts were made. */
export type Pace = { readonly kind: "wait"; readonly waitUs: Micros } | { readonly kind: "stop" };

/**
 * When starts are due, as in vegeta (`lib/pacer.go`): a function of what it is told, without a clock. All times
 * are microseconds since the beginning.
 */
export interface Pacer {
  /** When the start with this number, from 0, is due. */
  dueUs(index: number): Micros;
  /** What to do at `elapsedUs`, with `started` starts made or dropped. */
  pace(elapsedUs: Micros, started: number): Pace;
}

/** Starts at even distances. At least one bound is given; with both, whichever comes first. */
export interface ConstantArrivalRate {
  readonly ratePerSec: number;
  /** Starts are due before this time: `ratePerSec * durationMs / 1000` of them, rounded up. */
  readonly durationMs?: number;
  /** So many starts. */
  readonly count?: number;
}

/**
 * A constant arrival rate: start `n` is due at `n / ratePerSec`, the first at once, however long the others
 * take. Each due time is counted from the beginning, so no rounding adds up.
 *
 * @throws RangeError without a positive rate, or without a bound
 */
export function constantArrivalRate({ ratePerSec, durationMs, count }: ConstantArrivalRate): Pacer {
  if (!(ratePerSec > 0)) throw new RangeError(`an arrival rate of ${ratePerSec} per second never starts`);
  if (durationMs === undefined && count === undefined) {
    throw new RangeError("an arrival rate needs a duration or a count, or it never stops");
  }
  const withinDuration = durationMs === undefined ? Infinity : Math.ceil((ratePerSec * durationMs) / 1000);
  const starts = Math.min(withinDuration, count ?? Infinity);
  const dueUs = (index: number) => micros((index * 1_000_000) / ratePerSec);
  return {
    dueUs,
    pace: (elapsedUs, started) =>
      started >= starts
        ? { kind: "stop" }
        : { kind: "wait", waitUs: micros(Math.max(0, dueUs(started) - elapsedUs)) },
  };
}
