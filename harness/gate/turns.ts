/** The two sides of a comparison. */
export type Side = "base" | "head";

/**
 * In which order both sides are run: in each round both, in an order that is drawn, so that neither is always the one that comes
 * first, and what changes in the machine over time changes for both.
 *
 * @param random from 0 to below 1
 */
export function turns(rounds: number, random: () => number): Side[] {
  return Array.from({ length: rounds }).flatMap((): Side[] =>
    random() < 0.5 ? ["base", "head"] : ["head", "base"],
  );
}
