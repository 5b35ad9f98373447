import type { Noisy, NoisyEntry, NoisyReading } from "../core/baseline.ts";
import type { GateOutcome, NoisyVerdict } from "../core/gate-report.ts";
import { holm } from "./holm.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { median, shiftBetween } from "./shift.ts";
import { areInTurn } from "./turns.ts";

/** How noisy metrics are judged. */
export const NOISY_RULES = {
  /** So many repeats of each side, taken in turn. */
  repeats: 9,
  /** How likely it may be that any of the metrics is called changed where nothing is: after Holm, for all of them together. */
  alpha: 0.01,
  /** A change of less than this part is none, however certain: a percentile far out says less than the middle. */
  floor: {
    p10: 0.03,
    p50: 0.03,
    p99: 0.1,
    perUnit: 0.03,
    mean: 0.02,
    relative: 0.02,
    value: 0.05,
  } satisfies Record<NoisyReading, number>,
  /** A repeat with fewer samples has no such reading: a p99 of fewer than 100 is its largest sample. */
  samples: { p10: 20, p50: 20, p99: 100, perUnit: 3, mean: 1, relative: 1, value: 1 } satisfies Record<
    NoisyReading,
    number
  >,
  /** How much more or less the harness may receive for an operation where what it takes itself is a measure. */
  received: 0.01,
} as const;

/**
 * Holds readings of repeats to those of a baseline: Mann and Whitney's test, with Holm's correction for all that are tested, and
 * a least change. Undecided where there are too few repeats or samples, or where one side was not taken in turn with the other,
 * since a machine is not always as fast as it was. In the order of the baseline, what is new behind it.
 */
export function judgeNoisy(before: Noisy, after: Noisy): NoisyVerdict[] {
  const measured = new Map(after.metrics.map((entry) => [keyOf(entry), entry]));
  const known = new Set(before.metrics.map(keyOf));
  const apart = whyApart(before, after);
  const judged = before.metrics.map((entry) => judge(entry, measured.get(keyOf(entry)), apart));
  const tested = judged.flatMap(({ p }) => p ?? []);
  const adjusted = holm(tested).values();
  return [
    ...judged.map((verdict) => {
      if (verdict.p === null) return verdict;
      const adjustedP = adjusted.next().value ?? 1;
      return { ...verdict, adjustedP, outcome: outcomeOf(verdict, adjustedP) };
    }),
    ...after.metrics
      .filter((entry) => !known.has(keyOf(entry)))
      .map((entry) => ({ ...unjudged(entry, "new"), after: middle(entry) })),
  ];
}

function outcomeOf({ shift, reading }: NoisyVerdict, adjustedP: number): GateOutcome {
  if (shift === null || adjustedP >= NOISY_RULES.alpha) return "unchanged";
  if (Math.abs(shift) < NOISY_RULES.floor[reading]) return "unchanged";
  return shift > 0 ? "regressed" : "improved";
}

/** Of one reading, tested but not yet judged, since that depends on how many others there are. */
function judge(before: NoisyEntry, after: NoisyEntry | undefined, apart: string | null): NoisyVerdict {
  if (after === undefined) return { ...unjudged(before, "missing"), before: middle(before) };
  const sides = { before: middle(before), after: middle(after) };
  const undecided = (why: string): NoisyVerdict => ({ ...unjudged(before, "undecided", why), ...sides });
  const [were, are] = [enough(before), enough(after)];
  const fewest = Math.min(were.length, are.length);
  if (fewest < NOISY_RULES.repeats) {
    const least = NOISY_RULES.samples[before.reading];
    const isSparse = fewest < Math.min(before.values.length, after.values.length);
    const sparse = isSparse ? ` with ${least} samples` : "";
    return undecided(`${fewest} repeats${sparse}, and it takes ${NOISY_RULES.repeats} of each`);
  }
  if (apart !== null) return undecided(apart);
  const received = shiftOfReceived(before, after);
  if (received !== null && Math.abs(received) > NOISY_RULES.received) {
    const more = `${Math.abs(received * 100).toFixed(1)} % ${received > 0 ? "more" : "fewer"}`;
    return undecided(`the harness received ${more} bytes for it, and its own time is no measure`);
  }
  const base = median(were);
  if (base <= 0) return undecided("the baseline has nothing to compare with");
  const { p } = mannWhitney(were, are);
  return { ...unjudged(before, "unchanged"), ...sides, shift: shiftBetween(were, are) / base, p };
}

function unjudged({ metric, mode, reading, unit }: NoisyEntry, outcome: GateOutcome, why = ""): NoisyVerdict {
  const named = { metric, ...(mode === undefined ? {} : { mode }), reading, unit };
  return { ...named, outcome, why, before: null, after: null, shift: null, p: null, adjustedP: null };
}

/** The readings of repeats that have enough samples. */
function enough({ reading, values, samples }: NoisyEntry): number[] {
  return values.flatMap((value, at) =>
    value !== null && (samples[at] ?? 0) >= NOISY_RULES.samples[reading] ? [value] : [],
  );
}

function middle({ values }: Pick<NoisyEntry, "values">): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : median(there);
}

/** How much more the harness received for an operation, as a part; null where nothing depends on that. */
function shiftOfReceived(before: NoisyEntry, after: NoisyEntry): number | null {
  const [was, is] = [before, after].map(({ received = [] }) => middle({ values: received }));
  return was == null || is == null ? null : is / was - 1;
}

const keyOf = ({ metric, mode, reading }: NoisyEntry): string =>
  JSON.stringify([metric, mode ?? null, reading]);

/** Why figures of both sides cannot be compared at all; null where they can. */
function whyApart(before: Noisy, after: Noisy): string | null {
  if (JSON.stringify(before.machine) !== JSON.stringify(after.machine)) {
    return "the baseline was measured on another machine";
  }
  return areInTurn(before.startedAt, after.startedAt)
    ? null
    : "the baseline was not measured in turn with the run";
}
