import { type Clock, type Micros, micros } from "../core/units.ts";
import { LATE_START_US, type Sleep, settledWithin } from "./executor-end.ts";
import type { Wanted } from "./users-schedule.ts";

/** What {@link runUsers} needs. */
export interface UsersOptions {
  /** When which slots are wanted: `wantedTimes`, or this process's part of them. */
  readonly times: readonly Wanted[];
  /** When the times begin, which may be still to come. Default: now. */
  readonly beginUs?: Micros;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** What the user in a slot does once. The signal, one for all of them, tells him to end at once. */
  readonly iterate: (slot: number, signal: AbortSignal) => Promise<void>;
  /** Hears of an iteration that was rejected, and of why; not of those that were told to end. */
  readonly onFailure: (error: unknown, slot: number) => void;
  /**
   * A slot whose iteration took less waits for the rest, as with k6's `minIterationDuration`: one that fails at once would
   * otherwise keep the process busy with failing. Default: 10 ms.
   */
  readonly leastIterationUs?: Micros;
  /** From when on a slot that begins counts as late. Default: {@link LATE_START_US}. */
  readonly lateUs?: Micros;
  /** How long after the end iterations may go on before they are told to end. Default: as long as they take. */
  readonly gracefulStopUs?: Micros;
  /** Ends it early: iterations under way are told to end and not waited for. */
  readonly signal?: AbortSignal;
}

/** What became of the iterations. */
export interface UsersReport {
  /** Iterations that were begun; those that failed or were interrupted are among them. */
  readonly made: number;
  readonly failed: number;
  /** Told to end before they were over. */
  readonly interrupted: number;
  /** Slots that began later than `lateUs`. */
  readonly late: number;
  /** The largest time by which a slot that was wanted began late. */
  readonly maxLateUs: Micros;
}

/**
 * Has a user in each slot that is wanted, who acts again and again: a closed model. A slot that is no longer wanted ends
 * after its iteration; where that is not over before it is wanted again, it goes on. Resolves when all iterations have
 * settled or were told to end.
 */
export async function runUsers(options: UsersOptions): Promise<UsersReport> {
  const { times, clock, sleep, iterate, onFailure, signal } = options;
  const { leastIterationUs = micros(10_000), lateUs = LATE_START_US, gracefulStopUs = null } = options;
  const end = new AbortController();
  const ended = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]);
  const beginUs = options.beginUs ?? clock();
  const elapsedUs = () => clock() - beginUs;
  /** Until when the slots that run are wanted. */
  const wantedUntil = new Map<number, Micros>();
  const underWay = new Set<Promise<void>>();
  let made = 0;
  let completed = 0;
  let failed = 0;
  let late = 0;
  let maxLateUs = micros(0);

  const runSlot = async (slot: number): Promise<void> => {
    while (!ended.aborted && elapsedUs() < (wantedUntil.get(slot) ?? 0)) {
      const begunUs = clock();
      made += 1;
      try {
        await iterate(slot, ended);
        completed += 1;
      } catch (error) {
        if (ended.aborted) break;
        failed += 1;
        onFailure(error, slot);
      }
      const restUs = begunUs + leastIterationUs - clock();
      if (restUs > 0) await sleep(micros(restUs), ended);
    }
    wantedUntil.delete(slot);
  };

  for (const { slot, fromUs, untilUs } of times.toSorted((a, b) => a.fromUs - b.fromUs || a.slot - b.slot)) {
    while (!ended.aborted && elapsedUs() < fromUs) await sleep(micros(fromUs - elapsedUs()), ended);
    if (ended.aborted) break;
    const runs = wantedUntil.has(slot);
    wantedUntil.set(slot, untilUs);
    if (runs) continue;
    const lateByUs = elapsedUs() - fromUs;
    if (lateByUs > lateUs) late += 1;
    maxLateUs = micros(Math.max(maxLateUs, lateByUs));
    const settled: Promise<void> = runSlot(slot).finally(() => underWay.delete(settled));
    underWay.add(settled);
  }
  const endUs = times.reduce((latest, { untilUs }) => Math.max(latest, untilUs), 0);
  const remainingUs =
    gracefulStopUs === null ? null : micros(Math.max(0, endUs - elapsedUs()) + gracefulStopUs);
  await settledWithin(remainingUs, underWay, sleep, ended);
  const interrupted = made - completed - failed;
  end.abort();
  return { made, failed, interrupted, late, maxLateUs };
}
