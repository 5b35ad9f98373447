/** Something whose time is taken. */
export interface Contestant {
  readonly name: string;
  /** One turn; what it returns is kept, so that no part of it can be left out. */
  readonly turn: () => unknown;
}

/** How long and how often is measured. */
export interface Effort {
  readonly rounds: number;
  /** How long each contestant runs in a round, at least. */
  readonly roundMs: number;
  /** How long each contestant runs before, so that it is compiled. */
  readonly warmUpMs: number;
}

/** Microseconds a turn, one for each round, by contestant. */
export type Timings = ReadonlyMap<string, readonly number[]>;

let kept: unknown;

/**
 * Times contestants in turn, round by round, so that what disturbs the machine disturbs all of them; each round starts
 * with another one. Compare them round by round: `medianRatio`.
 */
export function timeInterleaved(contestants: readonly Contestant[], effort: Effort): Timings {
  for (const contestant of contestants) timeTurns(contestant, effort.warmUpMs);
  const timings = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < effort.rounds; round++) {
    const first = round % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      timings.get(contestant.name)?.push(timeTurns(contestant, effort.roundMs));
    }
  }
  return timings;
}

/** Microseconds a turn, over as many turns as fill the time. */
function timeTurns({ turn }: Contestant, leastMs: number): number {
  const start = performance.now();
  let turns = 0;
  let elapsedMs = 0;
  do {
    kept = turn();
    turns += 1;
    elapsedMs = performance.now() - start;
  } while (elapsedMs < leastMs);
  return (elapsedMs * 1000) / turns;
}

/** What the last turn gave: read by no one, but the compiler cannot know that. */
export const lastResult = (): unknown => kept;

/** How many times as long `slow` takes as `fast`: the median of the rounds' ratios. */
export function medianRatio(slow: readonly number[], fast: readonly number[]): number {
  return median(slow.map((time, round) => time / (fast[round] ?? Number.NaN)));
}

/** The middle one, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}
