import { compareVariants } from "../../../harness/compare/compare.ts";
import type { Variant } from "../../../harness/compare/variant.ts";
import type { CompareReport } from "../../../harness/core/compare-report.ts";
import type { Metric } from "../../../harness/core/metric.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { minute, timedRun } from "../gate/runs.ts";

/** Repeats of one mode that were made in turn with those of others: the metrics of each repeat by its number. */
export function variant(
  name: string,
  place: number,
  repeats: number,
  metricsOf: (repeat: number) => readonly Metric[],
  changes: Partial<RunResult> = {},
): Variant {
  const [first, ...others] = Array.from({ length: repeats }, (_, at) => {
    const run = timedRun(metricsOf(at), { startedAt: minute(10 * at + place), ...changes });
    return { run: { ...run, configuration: { ...run.configuration, modes: [name] } }, mode: name };
  });
  if (first === undefined) throw new RangeError("a variant has a repeat");
  return { name, samples: [first, ...others] };
}

/** The report on these variants. */
export function compared(first: Variant, second: Variant, ...others: readonly Variant[]): CompareReport {
  return compareVariants([first, second, ...others]);
}

/** Values around a middle that differ by ten each, so that nine of them have it as their median. */
export const around = (middle: number, repeat: number): number => middle + (repeat - 4) * 10;
