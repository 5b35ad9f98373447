import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { atMostEvery } from "../../../harness/run/at-most-every.ts";

test("what is asked for often is done at once, and again when its time has come", () => {
  let now = 5;
  const done: number[] = [];
  const ask = atMostEvery(
    micros(10),
    () => micros(now),
    () => done.push(now),
  );
  for (now of [5, 6, 14, 15, 16, 24, 40, 49, 50]) ask();
  expect(done).toEqual([5, 15, 40, 50]);
});

test("what has failed is done the next time that it is asked for", () => {
  let tries = 0;
  const ask = atMostEvery(
    micros(10),
    () => micros(0),
    () => {
      tries += 1;
      if (tries === 1) throw new Error("full");
    },
  );
  expect(ask).toThrow("full");
  ask();
  ask();
  expect(tries).toBe(2);
});
