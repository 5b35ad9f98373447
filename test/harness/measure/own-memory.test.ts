import { expect, test } from "vitest";
import { ownMemory } from "../../../harness/measure/own-memory.ts";

const MEBIBYTE = 2 ** 20;

test("what is held counts, on the heap and beside it, and what was let go on the heap does not", () => {
  const read = ownMemory();
  // What tests before this one have let go of may still be on its way out.
  let before = read();
  for (let reading = read(); Math.abs(reading - before) > MEBIBYTE / 8; reading = read()) before = reading;
  const grownMebibytes = () => Math.round((read() - before) / MEBIBYTE);

  const beside = Buffer.alloc(32 * MEBIBYTE);
  expect(grownMebibytes()).toBe(32);
  // A fraction takes 8 bytes in an array of its kind.
  let heap = Array.from({ length: 16 }, () => new Array<number>(MEBIBYTE / 8).fill(0.5));
  expect(grownMebibytes()).toBe(48);
  heap = [];
  expect(grownMebibytes()).toBe(32);
  expect([beside.length, heap.length]).toEqual([32 * MEBIBYTE, 0]);
});
