/** The two sides of a comparison with a base. */
export type Side = "base" | "head";

/**
 * In which order sides are run: in each round all of them, in an order that is drawn (a randomised block design), so that none is
 * always the one that comes first, and what changes in the machine over time changes for all.
 *
 * Source: Fisher and Yates, "Statistical tables", in the form of Durstenfeld (1964), "Algorithm 235: Random permutation".
 *
 * @param random from 0 to below 1
 */
export function turns<Name>(sides: readonly Name[], rounds: number, random: () => number): Name[] {
  return Array.from({ length: rounds }).flatMap(() => shuffled(sides, random));
}

function shuffled<Name>(sides: readonly Name[], random: () => number): Name[] {
  const order = [...sides];
  for (let at = order.length - 1; at > 0; at--) {
    const other = at - Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as Name, order[at] as Name];
  }
  return order;
}

/**
 * Whether two sides were run in turn, and not one after the other.
 *
 * @param one when its runs began: ISO 8601, UTC
 */
export function areInTurn(one: readonly string[], other: readonly string[]): boolean {
  const order = [
    ...one.map((at) => ({ at: Date.parse(at), isOther: false })),
    ...other.map((at) => ({ at: Date.parse(at), isOther: true })),
  ].sort((a, b) => a.at - b.at);
  const changes = order.filter(
    ({ isOther }, index) => index > 0 && isOther !== order[index - 1]?.isOther,
  ).length;
  // Drawn at random, the sides change about as often as there are repeats of one.
  return changes >= Math.ceil(Math.min(one.length, other.length) / 2);
}
