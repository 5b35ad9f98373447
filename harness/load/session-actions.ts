import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Executor } from "../core/executor.ts";

/** Spreads numbers in a row over all seeds: 2^32 by the golden ratio, as Knuth's multiplicative hash. */
const SPREAD = 0x9e3779b1;

/**
 * How many actions a session has, drawn evenly from the bounds: a function of the seed and of the session's number in the
 * whole run, so that it does not depend on how many processes there are.
 */
export function sessionActions(
  { least, most }: Extract<Executor, { kind: "sessions" }>["actions"],
  seed: number,
  number: number,
): number {
  return uniformInt(xoroshiro128plus(seed ^ Math.imul(number + 1, SPREAD)), least, most);
}
