/** Where a series falls apart most: into what is before `at`, and what is from there to before `end`. */
export interface EnergySplit {
  readonly at: number;
  readonly end: number;
}

/**
 * The split of a series by which its parts differ most: the largest Q of Matteson and James (2014), "A Nonparametric Approach for
 * Multiple Change Point Analysis of Multivariate Data" (J. Am. Stat. Assoc. 109), with alpha = 1. The second part may end before the
 * series does, so that what comes back later does not hide that it was gone. Of equal ones the first.
 *
 * @param least how many values each part has at least: 2, or there would be no distance within it
 * @returns null where there are too few values, or they are all alike
 */
export function energySplit(values: readonly number[], least: number): EnergySplit | null {
  const distances = distanceSums(values);
  let best: EnergySplit | null = null;
  let most = 0;
  for (let at = least; at <= values.length - least; at++) {
    for (let end = at + least; end <= values.length; end++) {
      const divergence = scaledDivergence(distances, at, end);
      if (divergence > most) {
        most = divergence;
        best = { at, end };
      }
    }
  }
  return best;
}

/** Sums of distances: in row `i`, column `j` those between the first `i` and the first `j` values. */
type DistanceSums = readonly Float64Array[];

function distanceSums(values: readonly number[]): DistanceSums {
  const sums = Array.from({ length: values.length + 1 }, () => new Float64Array(values.length + 1));
  for (const [i, a] of values.entries()) {
    const [above = new Float64Array(), row = new Float64Array()] = [sums[i], sums[i + 1]];
    let sum = 0;
    for (const [j, b] of values.entries()) {
      sum += Math.abs(a - b);
      row[j + 1] = (above[j + 1] ?? 0) + sum;
    }
  }
  return sums;
}

/** Q of the values before `at` and those from there to before `end`: the distances between them, less those within each. */
function scaledDivergence(sums: DistanceSums, at: number, end: number): number {
  const sumOf = (rows: number, columns: number): number => sums[rows]?.[columns] ?? 0;
  const [n, m] = [at, end - at];
  const between = sumOf(at, end) - sumOf(at, at);
  // Each pair is in these sums twice.
  const within = sumOf(at, at) / 2;
  const withinSecond = (sumOf(end, end) - 2 * sumOf(at, end) + sumOf(at, at)) / 2;
  const divergence =
    (2 * between) / (n * m) - (2 * within) / (n * (n - 1)) - (2 * withinSecond) / (m * (m - 1));
  return ((n * m) / (n + m)) * divergence;
}
