import { mean } from "simple-statistics";

/** How values are put on a scale on which they scatter alike at every level, and back. */
export interface Scale {
  readonly of: (value: number) => number;
  readonly back: (scaled: number) => number;
}

const LINEAR: Scale = { of: (value) => value, back: (scaled) => scaled };
const LOGARITHMIC: Scale = { of: Math.log, back: Math.exp };

/**
 * The scale of a figure: times and memory scatter by a part of themselves, and more to above than to below, so their logarithms are
 * compared; where any is 0 or less, the values themselves.
 */
export const scaleOf = (values: readonly number[]): Scale =>
  values.every((value) => value > 0) ? LOGARITHMIC : LINEAR;

/** The middle of values on their scale: their geometric mean where all are above 0, else their mean. NaN for none. */
export function levelOf(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const { of, back } = scaleOf(values);
  return back(mean(values.map(of)));
}
