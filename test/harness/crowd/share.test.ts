import fc from "fast-check";
import { expect, test } from "vitest";
import { isAmong } from "../../../harness/crowd/share.ts";

const chosen = (share: number, of: number) =>
  Array.from({ length: of }, (_, number) => number).filter((number) => isAmong(number, share));

test("a share of all is spread evenly over them", () => {
  expect(chosen(0.25, 12)).toEqual([3, 7, 11]);
  expect(chosen(0.75, 8)).toEqual([1, 2, 3, 5, 6, 7]);
  expect(chosen(0, 100)).toEqual([]);
  expect(chosen(1, 5)).toEqual([0, 1, 2, 3, 4]);
});

test("of the first so many, as many are chosen as the share says, rounded down", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 500 }), (sixtyFourths, of) => {
      expect(chosen(sixtyFourths / 64, of).length).toBe(Math.floor((of * sixtyFourths) / 64));
    }),
  );
});
