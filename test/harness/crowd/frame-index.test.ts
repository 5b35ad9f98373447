import fc from "fast-check";
import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { FrameIndex } from "../../../harness/crowd/frame-index.ts";

const BEGIN = micros(1_700_000_000_000_000);

test("whatever payloads came and when, they are read as they were written, times to the millisecond", () => {
  const frames = fc.array(fc.record({ number: fc.nat(3_000_000), waitMs: fc.nat(100_000_000) }));
  fc.assert(
    fc.property(frames, (given) => {
      const index = new FrameIndex(1_000_000);
      index.clear(BEGIN);
      let atUs = BEGIN;
      const written = given.map(({ number, waitMs }) => {
        atUs = micros(atUs + waitMs * 1000);
        expect(index.add(number, micros(atUs + 999))).toBe(true);
        return { number, atUs };
      });
      expect(index.read(BEGIN)).toEqual(written);
    }),
  );
});

test("a frame that says nothing of its time takes two bytes, and the last ones that do not fit are not added", () => {
  const index = new FrameIndex(128);
  index.clear(BEGIN);
  let added = 0;
  while (index.add(added * 2, BEGIN)) added += 1;
  // The longest frame has to fit behind the last one.
  expect(added).toBe(59);
  expect(index.add(0, BEGIN)).toBe(false);
  index.clear(BEGIN);
  expect(index.read(BEGIN)).toEqual([]);
  expect(index.add(7, BEGIN)).toBe(true);
  expect(index.read(BEGIN)).toEqual([{ number: 7, atUs: BEGIN }]);
});

test("a clock that was set back gives no time before the frame that came before", () => {
  const index = new FrameIndex(128);
  index.clear(BEGIN);
  index.add(0, micros(BEGIN + 5000));
  index.add(1, micros(BEGIN + 2000));
  expect(index.read(BEGIN).map(({ atUs }) => atUs - BEGIN)).toEqual([5000, 5000]);
});
