import fc from "fast-check";
import { expect, test } from "vitest";
import { BEHAVIOURS, behaviourWeightsSchema } from "../../../harness/core/behaviour.ts";
import { behaviourDeck } from "../../../harness/load/choose-behaviour.ts";

const deal = (next: () => string, count: number) => Array.from({ length: count }, next);

test("the same seed chooses the same, and another one does not", () => {
  const weights = { read: 3, type: 1, send: 1 };
  const one = deal(behaviourDeck(weights, 7), 50);
  expect(deal(behaviourDeck(weights, 7), 50)).toEqual(one);
  expect(deal(behaviourDeck(weights, 8), 50)).not.toEqual(one);
  // Not one deck again and again.
  expect(one.slice(5, 10)).not.toEqual(one.slice(0, 5));
});

test("over whole decks each behaviour is chosen exactly in proportion to its weight", () => {
  const anyWeights = fc.dictionary(fc.constantFrom(...BEHAVIOURS), fc.integer({ min: 1, max: 20 }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(anyWeights, fc.integer(), fc.integer({ min: 1, max: 4 }), (weights, seed, decks) => {
      const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
      const chosen = Object.groupBy(deal(behaviourDeck(weights, seed), decks * sum), (one) => one);
      const counts = Object.entries(chosen).map(([behaviour, all]) => [behaviour, all?.length]);
      expect(Object.fromEntries(counts)).toEqual(
        Object.fromEntries(Object.entries(weights).map(([behaviour, weight]) => [behaviour, decks * weight])),
      );
    }),
  );
});

test("weights with a common divisor make the small deck", () => {
  const sorted = (count: number) => deal(behaviourDeck({ read: 300, send: 100 }, 1), count).toSorted();
  expect(sorted(4)).toEqual(["read", "read", "read", "send"]);
});

test("no weight at all is refused, by the deck and by the schema", () => {
  expect(() => behaviourDeck({}, 1)).toThrow("no behaviour has a weight");
  expect(behaviourWeightsSchema.safeParse({}).success).toBe(false);
  expect(behaviourWeightsSchema.safeParse({ read: 0 }).success).toBe(false);
  expect(behaviourWeightsSchema.safeParse({ sleep: 1 }).success).toBe(false);
  expect(behaviourWeightsSchema.safeParse({ read: 90, send: 10 }).success).toBe(true);
});
