import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { ThinkTime } from "../core/behaviour.ts";
import { type Micros, micros } from "../core/units.ts";

/** The range, in means of the distribution. */
const RANGE_IN_MEANS = 10;
const STEPS = 2 ** 32;

/**
 * Draws think times, the same for the same seed: `leastMs`, and on top of it a negative exponential time whose mean is a
 * tenth of the range, truncated at `mostMs`. Most are short and a few long, and no two users keep in step. It is the
 * distribution that TPC-C has for people at a terminal, and its truncation at ten times the mean (clause 5.2.5.4); the
 * inverse of the truncated distribution is used, so that nothing heaps up at the bound.
 */
export function thinkTimes({ leastMs, mostMs }: ThinkTime, seed: number): () => Micros {
  const random = xoroshiro128plus(seed);
  const meanUs = ((mostMs - leastMs) * 1000) / RANGE_IN_MEANS;
  const within = -Math.expm1(-RANGE_IN_MEANS);
  return () => {
    const share = uniformInt(random, 0, STEPS - 1) / (STEPS - 1);
    return micros(leastMs * 1000 - meanUs * Math.log1p(-share * within));
  };
}
