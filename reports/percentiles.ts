import { decodeFromCompressedBase64 } from "hdr-histogram-js";
import type { DistributionMetric } from "../harness/core/metric.ts";

/** Points of a percentile spectrum for each tenfold of what lies above. */
const PER_DECADE = 16;

/**
 * The spectrum of a distribution, to the maximum: at each `above`, one sample in so many is at or above `value`, in the metric's
 * unit. `above` is 1 at the least sample and the number of samples at the maximum, in even steps on a logarithmic scale, so it
 * has at most some hundred points. Null where the histogram was not kept.
 *
 * Source: the plots of HdrHistogram, whose axis is `1 / (1 - percentile)`.
 */
export function percentileSpectrum({
  histogram,
  values,
}: DistributionMetric): { readonly above: number; readonly value: number }[] | null {
  if (histogram === undefined) return null;
  const read = decodeFromCompressedBase64(histogram);
  const within = (value: number) => Math.min(values.max, Math.max(values.min, value));
  const steps = Math.floor(Math.log10(values.count) * PER_DECADE);
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const above = spectrumStep(step);
    return { above, value: within(read.getValueAtPercentile(100 - 100 / above)) };
  });
  const last = points.at(-1);
  if (last !== undefined && last.above >= values.count) points.pop();
  return [...points, { above: values.count, value: values.max }];
}

/** The same number for the same step, whatever the distribution: so several stand on one axis. */
function spectrumStep(step: number): number {
  return Number((10 ** (step / PER_DECADE)).toPrecision(6));
}
