/** What the test of Mann and Whitney says of two samples. */
export interface MannWhitney {
  /** In how many pairs the first sample has the larger value, ties counted as halves. */
  readonly u: number;
  /** How likely it is that two samples of one distribution differ at least so much, two-sided. */
  readonly p: number;
  /** Whether `p` was counted out, or approximated. */
  readonly method: "exact" | "normal";
}

/** Up to so many values a side `p` is counted out: then all counts are integers that a double holds. */
export const EXACT_UP_TO = 25;

/**
 * The test of Mann and Whitney (1947), "On a test of whether one of two random variables is stochastically larger than the
 * other". Exact where there are no ties, by the recurrence of that paper; else by the normal approximation with the correction
 * for ties and for continuity, as R's `wilcox.test` and `scipy.stats.mannwhitneyu` have them.
 *
 * @throws RangeError where a sample is empty
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) throw new RangeError("both samples need a value");
  let u = 0;
  for (const a of first) for (const b of second) u += a > b ? 1 : a === b ? 0.5 : 0;
  const tied = tieSizes([...first, ...second]);
  if (tied.length === 0 && Math.max(n, m) <= EXACT_UP_TO) {
    return { u, p: exactP(Math.min(u, n * m - u), n, m), method: "exact" };
  }
  return { u, p: normalP(u, n, m, tied), method: "normal" };
}

/** How many values are equal, for each value that is there more than once. */
function tieSizes(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1);
}

/** Twice the probability of `u` or less, a whole number of up to half of all pairs, where there are no ties. */
export function exactP(u: number, n: number, m: number): number {
  const ways = waysToGet(n, m);
  const all = ways.reduce((sum, count) => sum + count, 0);
  const few = ways.slice(0, u + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * few) / all);
}

/**
 * How many of the orders of `n` and `m` values have each U, from 0 to `n * m`: the coefficients of the Gaussian binomial
 * coefficient, the product of (1 - q^(m+i)) / (1 - q^i) for i from 1 to n.
 */
export function waysToGet(n: number, m: number): number[] {
  const most = n * m;
  const ways = new Array<number>(most + 1).fill(0);
  ways[0] = 1;
  for (let i = 1; i <= n; i++) {
    for (let u = most; u >= m + i; u--) ways[u] = (ways[u] ?? 0) - (ways[u - m - i] ?? 0);
    for (let u = i; u <= most; u++) ways[u] = (ways[u] ?? 0) + (ways[u - i] ?? 0);
  }
  return ways;
}

function normalP(u: number, n: number, m: number, tied: readonly number[]): number {
  const all = n + m;
  const ties = tied.reduce((sum, count) => sum + (count ** 3 - count), 0);
  const variance = ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
  // All values are equal.
  if (variance <= 0) return 1;
  const z = (Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(Math.max(0, z)));
}

/**
 * The probability of a standard normal value above `z >= 0`, by the series of Marsaglia (2004), "Evaluating the normal
 * distribution", and beyond its range by the continued fraction of Laplace.
 */
function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
