import { expect, test } from "vitest";
import { Interner } from "../../../harness/protocol/intern.ts";
import { parseDiff } from "../../../harness/protocol/parse-diff.ts";
import { RecentPatterns } from "../../../harness/protocol/recent-patterns.ts";

/** Payloads that differ in the slot that they change follow different patterns. */
const payload = (slot: number, text: string) => `{"${slot}":"${text}"}`;

function recentPatterns() {
  const interner = new Interner();
  const patterns = new RecentPatterns(interner);
  const learn = (text: string) => patterns.learn(text, parseDiff(interner, "diff", null, JSON.parse(text)));
  return { patterns, learn };
}

test("the eight patterns of late are known", () => {
  const { patterns, learn } = recentPatterns();
  for (let slot = 0; slot < 9; slot++) learn(payload(slot, "a"));
  const known = Array.from({ length: 9 }, (_, slot) => patterns.read(payload(slot, "b")) !== null);
  expect(known).toEqual([false, true, true, true, true, true, true, true, true]);
});

test("one that was of use outlives those that were not", () => {
  const { patterns, learn } = recentPatterns();
  for (let slot = 0; slot < 8; slot++) learn(payload(slot, "a"));
  patterns.read(payload(0, "b"));
  learn(payload(8, "a"));
  expect([0, 1].map((slot) => patterns.read(payload(slot, "c")) !== null)).toEqual([true, false]);
});

test("of payloads that have nothing in common no more than 32 are learned from, until patterns were of use", () => {
  const { patterns, learn } = recentPatterns();
  for (let slot = 0; slot < 33; slot++) learn(payload(slot, "a"));
  expect([31, 32].map((slot) => patterns.read(payload(slot, "b")) !== null)).toEqual([true, false]);
  for (let time = 0; time < 15; time++) patterns.read(payload(31, String(time)));
  learn(payload(33, "a"));
  expect(patterns.read(payload(33, "b"))).not.toBeNull();
  learn(payload(34, "a"));
  expect(patterns.read(payload(34, "b"))).toBeNull();
});
