import type { ExactMetric } from "../core/metric.ts";
import type { RunResult } from "../core/run-result.ts";
import { isDeflated, isSame, REPEATS_THAT_PROVE, sizesOf } from "../gate/exact-entries.ts";

/** An exact metric in the runs that have it, in order. */
export interface ExactSeries {
  /** The indexes of these runs. */
  readonly runs: readonly number[];
  /** The means of its sizes there. */
  readonly means: readonly number[];
  /** The places in `runs` with which sizes changed; null where they do not repeat, and only their mean may be judged. */
  readonly changedAt: readonly number[] | null;
}

/**
 * An exact metric, run by run. Where all scenarios are `fixed` any other size is a change. Else it has to be shown that sizes repeat,
 * as for the gate: each stretch of runs that are alike between two changes has {@link REPEATS_THAT_PROVE}, and so has the
 * longest; how many samples there are is not compared where all are of one size.
 *
 * @param metrics a place a run; undefined where the run does not have it
 */
export function exactSeries(
  runs: readonly RunResult[],
  metrics: readonly (ExactMetric | undefined)[],
): ExactSeries {
  const there = metrics.flatMap((metric, run) => (metric === undefined ? [] : [{ run, metric }]));
  const isFixed = runs.every(({ configuration }) => configuration.fixed === true);
  const changedAt = there.flatMap(({ metric }, at) => {
    const previous = there[at - 1]?.metric;
    return previous === undefined || isAlike(previous, metric, isFixed) ? [] : [at];
  });
  return {
    runs: there.map(({ run }) => run),
    means: there.map(({ metric }) => metric.values.mean),
    changedAt: isFixed || repeats(there, changedAt) ? changedAt : null,
  };
}

function isAlike(one: ExactMetric, other: ExactMetric, isFixed: boolean): boolean {
  if (isSame(sizesOf(one), sizesOf(other))) return true;
  const hasOneSize = [one, other].every(({ values: { min, max } }) => min === max);
  return !isFixed && hasOneSize && one.values.min === other.values.min;
}

function repeats(there: readonly { readonly metric: ExactMetric }[], changedAt: readonly number[]): boolean {
  if (there.some(({ metric }) => isDeflated(metric))) return false;
  const stretches = [...changedAt, there.length].map((end, at) => end - (changedAt[at - 1] ?? 0));
  return (
    stretches.slice(1, -1).every((length) => length >= REPEATS_THAT_PROVE) &&
    Math.max(...stretches) >= REPEATS_THAT_PROVE
  );
}
