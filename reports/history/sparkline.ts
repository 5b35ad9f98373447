const BARS = "▁▂▃▄▅▆▇█";
const CHANGE = "│";

/** Values of consecutive runs that are drawn as one bar: their mean, null where none has any, and whether one of them changed. */
interface Bar {
  readonly value: number | null;
  readonly isChange: boolean;
}

/**
 * Values as a line of bars, from the least to the most, with a stroke in front of each with which something changed; a space
 * where there is none. Of more than fit, neighbours are put together by their mean, but never across a change.
 *
 * @param width how many bars there may be, strokes not counted
 */
export function sparkline(
  values: readonly (number | null)[],
  changedAt: readonly number[],
  width: number,
): string {
  const bars = barsOf(values, changedAt, Math.max(1, Math.ceil(values.length / width)));
  const there = bars.flatMap(({ value }) => value ?? []);
  const [least, most] = [Math.min(...there), Math.max(...there)];
  const levelOf = (value: number) =>
    most === least ? 0 : Math.round(((value - least) / (most - least)) * (BARS.length - 1));
  return bars
    .map(({ value, isChange }) => `${isChange ? CHANGE : ""}${value === null ? " " : BARS[levelOf(value)]}`)
    .join("");
}

function barsOf(values: readonly (number | null)[], changedAt: readonly number[], runsEach: number): Bar[] {
  const bars: Bar[] = [];
  for (let from = 0; from < values.length; ) {
    const nextChange = changedAt.find((at) => at > from) ?? values.length;
    const to = Math.min(from + runsEach, nextChange);
    const there = values.slice(from, to).filter((value) => value !== null);
    const value = there.length === 0 ? null : there.reduce((sum, one) => sum + one, 0) / there.length;
    bars.push({ value, isChange: changedAt.includes(from) });
    from = to;
  }
  return bars;
}
