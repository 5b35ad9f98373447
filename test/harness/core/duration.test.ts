import { expect, test } from "vitest";
import { parseDuration } from "../../../harness/core/duration.ts";

test.each([
  ["10s", 10_000_000],
  ["1m30s", 90_000_000],
  ["250ms", 250_000],
  ["1.5h", 5_400_000_000],
  ["1h1m1s1ms", 3_661_001_000],
  ["0s", 0],
  ["10", undefined],
  ["s", undefined],
  ["", undefined],
  ["-1s", undefined],
  ["10 s", undefined],
  ["1e3s", undefined],
])("%j is %j microseconds", (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});
