import { expect, test } from "vitest";
import { count, duration, instant, integer, memory, spread, time } from "../../reports/quantities.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [7154, "7,154"],
  [1234567.8, "1,234,568"],
])("%d is %s", (value, text) => {
  expect(integer(value)).toBe(text);
});

test.each([
  [{ min: 910, mean: 910, max: 910 }, "910"],
  [{ min: 841, mean: 1234.5, max: 1845 }, "1,235 (841–1,845)"],
])("%j is %s", (values, text) => {
  expect(spread(values)).toBe(text);
});

test.each([
  [0, "0.00 ms"],
  [420, "0.42 ms"],
  [3214, "3.21 ms"],
  [9994, "9.99 ms"],
  [9996, "10.0 ms"],
  [18_249, "18.2 ms"],
  [99_960, "100 ms"],
  [250_400, "250 ms"],
  [9_999_400, "9,999 ms"],
  [12_345_678, "12.3 s"],
])("%d us is %s", (us, text) => {
  expect(time(us)).toBe(text);
});

test.each([
  [0, "0 B"],
  [-1500, "-1.5 KB"],
  [999, "999 B"],
  [15_432, "15.4 KB"],
  [99_960, "100 KB"],
  [999_499, "999 KB"],
  [999_500, "1.0 MB"],
  [8_343_000_000, "8.3 GB"],
])("%d bytes is %s", (bytes, text) => {
  expect(memory(bytes)).toBe(text);
});

test.each([
  [400, "0 s"],
  [41_234, "41 s"],
  [59_600, "1 min 0 s"],
  [125_000, "2 min 5 s"],
])("%d ms is %s", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("things are counted in words, and a point in time is told to the minute", () => {
  expect([count(1, "Chrome"), count(0, "Chrome"), count(1200, "entry", "entries")]).toEqual([
    "1 Chrome",
    "0 Chromes",
    "1,200 entries",
  ]);
  expect(instant("2026-01-02T03:04:05.678Z")).toBe("2026-01-02 03:04 UTC");
});
