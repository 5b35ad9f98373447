import { expect, test } from "vitest";
import { sessionActions } from "../../../harness/load/session-actions.ts";

const drawn = (seed: number, count: number) =>
  Array.from({ length: count }, (_, number) => sessionActions({ least: 2, most: 5 }, seed, number));

test("sessions have each number of actions about as often, and none beyond the bounds", () => {
  const counts = Object.groupBy(drawn(1, 40_000), (actions) => actions);
  expect(Object.keys(counts)).toEqual(["2", "3", "4", "5"]);
  // Four standard deviations of a count.
  for (const all of Object.values(counts)) expect(Math.abs((all?.length ?? 0) - 10_000)).toBeLessThan(350);
});

test("they depend on the seed and the session's number alone", () => {
  expect(drawn(1, 20)).toEqual(drawn(1, 20));
  expect(drawn(2, 20)).not.toEqual(drawn(1, 20));
  expect(drawn(1, 40).slice(0, 20)).toEqual(drawn(1, 20));
});

test("bounds that are one are always that", () => {
  expect(sessionActions({ least: 3, most: 3 }, 1, 17)).toBe(3);
});
