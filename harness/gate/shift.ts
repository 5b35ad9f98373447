/** The middle value, or the mean of the two middle ones. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/**
 * By how much the second sample lies above the first: the median of all differences between them (Hodges and Lehmann, 1963,
 * "Estimates of location based on rank tests"), the estimate that belongs to the test of Mann and Whitney.
 */
export function shiftBetween(first: readonly number[], second: readonly number[]): number {
  return median(second.flatMap((after) => first.map((before) => after - before)));
}
