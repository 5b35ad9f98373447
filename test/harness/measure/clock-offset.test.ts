import fc from "fast-check";
import { expect, test } from "vitest";
import { type ClockExchange, clockOffset } from "../../../harness/measure/clock-offset.ts";

/** An exchange with a clock that is ahead by an offset, with so long a way there, a stay and a way back. */
const exchange = (offsetUs: number, thereUs: number, stayUs: number, backUs: number): ClockExchange => ({
  sentUs: 1000,
  thereReceivedUs: 1000 + thereUs + offsetUs,
  thereSentUs: 1000 + thereUs + stayUs + offsetUs,
  answeredUs: 1000 + thereUs + stayUs + backUs,
});

test.each([
  ["that is ahead", [exchange(300, 40, 5000, 40)], { offsetUs: 300, boundUs: 40 }],
  ["that is behind", [exchange(-300, 40, 0, 40)], { offsetUs: -300, boundUs: 40 }],
  [
    "by ways of different lengths is wrong by half of what they differ",
    [exchange(0, 10, 0, 90)],
    { offsetUs: -40, boundUs: 50 },
  ],
  [
    "of several exchanges is that of the quickest",
    [exchange(7, 900, 0, 100), exchange(7, 20, 3000, 24), exchange(7, 30, 0, 30)],
    { offsetUs: 5, boundUs: 22 },
  ],
])("the offset of a clock %s", (_, exchanges, offset) => {
  expect(clockOffset(exchanges)).toEqual(offset);
});

test("the true offset is always within the bound", () => {
  const way = fc.nat(10_000);
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.array(fc.tuple(way, way, way), { minLength: 1 }),
      (trueUs, ways) => {
        const { offsetUs, boundUs } = clockOffset(ways.map((times) => exchange(trueUs, ...times)));
        expect(Math.abs(offsetUs - trueUs)).toBeLessThanOrEqual(boundUs);
      },
    ),
  );
});

test("without an exchange there is none", () => {
  expect(() => clockOffset([])).toThrow("the offset of a clock needs an exchange");
});
