import { expect, test } from "vitest";
import { areInTurn, turns } from "../../../harness/gate/turns.ts";
import { seeded } from "../seeded.ts";
import { minute } from "./runs.ts";

test("each round has both sides, in an order that is drawn", () => {
  const drawn = [0, 0.5, 0.49, 0.99].values();
  expect(turns(["base", "head"], 4, () => drawn.next().value ?? 0)).toEqual([
    ...["base", "head"],
    ...["head", "base"],
    ...["base", "head"],
    ...["head", "base"],
  ]);
});

test("of three, every order is as likely as another", () => {
  const counts = new Map<string, number>();
  const random = seeded(3);
  const drawn = turns(["a", "b", "c"], 6000, random);
  for (let at = 0; at < drawn.length; at += 3) {
    const order = drawn.slice(at, at + 3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts].toSorted()).toEqual([
    ["abc", 997],
    ["acb", 1004],
    ["bac", 985],
    ["bca", 979],
    ["cab", 1011],
    ["cba", 1024],
  ]);
});

test.each([
  ["in turn", [0, 2, 4], [1, 3, 5], true],
  ["in turn, in an order that was drawn", [0, 3, 4], [1, 2, 5], true],
  ["one after the other", [0, 1, 2], [3, 4, 5], false],
  ["in the same runs", [0, 1, 2], [0, 1, 2], true],
  ["once each", [0], [1], true],
])("sides that were run %s", (_, one, other, expected) => {
  expect(areInTurn(one.map(minute), other.map(minute))).toBe(expected);
});
