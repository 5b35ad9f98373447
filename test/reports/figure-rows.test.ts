import { expect, test } from "vitest";
import { measured } from "../../reports/figure-rows.ts";

const styles = (...ranks: readonly (number | undefined)[]) =>
  measured("insert", ["stream", "keyed", "stateful"].slice(0, ranks.length), (mode) => {
    const rank = ranks[["stream", "keyed", "stateful"].indexOf(mode)];
    return rank === undefined ? undefined : { text: String(rank), rank };
  }).cells?.map(({ style }) => style);

test("the lowest of a row is marked, and each of several that are as low", () => {
  expect(styles(12, 10, 11)).toEqual([undefined, "good", undefined]);
  expect(styles(12, 10, 10)).toEqual([undefined, "good", "good"]);
});

test("where all are equal none is marked, nor where only one was measured", () => {
  expect(styles(10, 10)).toEqual([undefined, undefined]);
  expect(styles(10, undefined)).toEqual([undefined, "dim"]);
});

test("figures that differ by less than a byte are equal", () => {
  expect(styles(91.9, 92.1)).toEqual([undefined, undefined]);
  expect(styles(91.9, 92.1, 93)).toEqual(["good", "good", undefined]);
});
