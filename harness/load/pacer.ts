import { type ArrivalRate, startsOf } from "../core/executor.ts";
import { type Micros, micros } from "../core/units.ts";

/** What to do now: wait so long for the next start (0: it is due), or stop, since all starts were made. */
export type Pace = { readonly kind: "wait"; readonly waitUs: Micros } | { readonly kind: "stop" };

/**
 * When starts are due, as in vegeta (`lib/pacer.go`): a function of what it is told, without a clock. All times
 * are microseconds since the beginning.
 */
export interface Pacer {
  /** How many starts there are. */
  readonly starts: number;
  /** When the start with this number, from 0, is due. Only for those below `starts`. */
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
  const withinDuration =
    durationMs === undefined ? Infinity : startsOf({ kind: "constant-arrival-rate", ratePerSec, durationMs });
  return pacerOf(Math.min(withinDuration, count ?? Infinity), (index) =>
    micros((index * 1_000_000) / ratePerSec),
  );
}

/** An arrival rate that changes evenly within each stage, and without a jump from one to the next. */
export type RampingArrivalRate = Pick<
  Extract<ArrivalRate, { kind: "ramping-arrival-rate" }>,
  "startRatePerSec" | "stages"
>;

/**
 * A ramping arrival rate: start `n` is due where the integral of the rate passes `n`; while the rate is 0 nothing is
 * due, also not at the beginning. In a stage from rate `r` to `s` over `T` the integral is `r t + (s - r) t² / 2T`, and
 * solved for `t` it needs no steps.
 */
export function rampingArrivalRate({ startRatePerSec, stages }: RampingArrivalRate): Pacer {
  let beginUs = 0;
  // Twice the starts before a stage, times 1000: an integer where rates are.
  let doubled = 0;
  let from = startRatePerSec;
  const parts = stages.map(({ durationMs, ratePerSec: to }) => {
    const part = { beginUs, startsBefore: doubled / 2000, from, to, seconds: durationMs / 1000 };
    beginUs += durationMs * 1000;
    doubled += (from + to) * durationMs;
    from = to;
    return part;
  });
  const starts = startsOf({ kind: "ramping-arrival-rate", startRatePerSec, stages });
  return pacerOf(starts, (index) => {
    // The last stage that begins at or before it; what is due where the rate falls to 0 is due when it rises again.
    const part = parts.findLast((one) => one.startsBefore <= index);
    if (part === undefined) throw new RangeError(`there is no start ${index}`);
    return micros(part.beginUs + 1_000_000 * secondsUntil(index - part.startsBefore, part));
  });
}

/** The pacer of a rate as a scenario declares it. */
export function pacerFor(rate: ArrivalRate): Pacer {
  return rate.kind === "constant-arrival-rate" ? constantArrivalRate(rate) : rampingArrivalRate(rate);
}

/**
 * One process's part of the starts, of `parts` that together make exactly the whole: every `parts`-th start, from number
 * `part` on. Its start `k` is number `k * parts + part` of the whole.
 */
export function partOf(whole: Pacer, part: number, parts: number): Pacer {
  const starts = Math.max(0, Math.ceil((whole.starts - part) / parts));
  return pacerOf(starts, (index) => whole.dueUs(index * parts + part));
}

function pacerOf(starts: number, dueUs: (index: number) => Micros): Pacer {
  return {
    starts,
    dueUs,
    pace: (elapsedUs, started) =>
      started >= starts
        ? { kind: "stop" }
        : { kind: "wait", waitUs: micros(Math.max(0, dueUs(started) - elapsedUs)) },
  };
}

/** The root of `from t + (to - from) t² / 2T = starts`, in the form that does not cancel where the ramp is flat. */
function secondsUntil(
  starts: number,
  { from, to, seconds }: { readonly from: number; readonly to: number; readonly seconds: number },
): number {
  if (starts === 0 && from === 0) return 0;
  const slope = seconds === 0 ? 0 : (to - from) / seconds;
  return (2 * starts) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * starts)));
}
