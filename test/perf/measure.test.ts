import { describe, expect, it } from "vitest";
import { median, medianRatio, timeInterleaved } from "./measure.ts";

describe("the median", () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("of nothing is an error", () => {
    expect(() => median([])).toThrow("there is no median of nothing");
  });
});

it("a ratio is taken round by round, so that a round that is slow for both counts like any other", () => {
  expect(medianRatio([10, 100, 12], [5, 50, 4])).toBe(2);
});

it("contestants take turns, and each round starts with another one", () => {
  const turns: string[] = [];
  const contestants = ["a", "b"].map((name) => ({ name, turn: () => turns.push(name) }));
  const timings = timeInterleaved(contestants, { rounds: 3, roundMs: 0, warmUpMs: 0 });
  expect(turns.join("")).toBe("ababbaab");
  expect([...timings].map(([name, rounds]) => [name, rounds.length])).toEqual([
    ["a", 3],
    ["b", 3],
  ]);
});
