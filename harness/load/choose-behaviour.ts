import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { BEHAVIOURS, type Behaviour, type BehaviourWeights } from "../core/behaviour.ts";

/**
 * Chooses what is done next, the same for the same seed. It deals from a shuffled deck that holds each behaviour as often
 * as its weight says (weights without their common divisor), and shuffles anew when the deck is through: so each deck
 * has its shares exactly, and counts differ from them by less than a deck however long it goes on. Many users may share
 * one.
 *
 * @throws RangeError where no behaviour has a weight
 */
export function behaviourDeck(weights: BehaviourWeights, seed: number): () => Behaviour {
  const named = BEHAVIOURS.map((behaviour) => ({ behaviour, weight: weights[behaviour] ?? 0 }));
  const divisor = named.reduce((common, { weight }) => greatestCommonDivisor(common, weight), 0);
  if (divisor === 0) throw new RangeError("no behaviour has a weight");
  const deck = named.flatMap(({ behaviour, weight }) =>
    Array.from({ length: weight / divisor }, () => behaviour),
  );
  const random = xoroshiro128plus(seed);
  let dealt = 0;
  return () => {
    // Fisher and Yates, one card at a time: the next is any of those that were not dealt.
    const from = uniformInt(random, dealt, deck.length - 1);
    const card = deck[from] as Behaviour;
    deck[from] = deck[dealt] as Behaviour;
    deck[dealt] = card;
    dealt = (dealt + 1) % deck.length;
    return card;
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
