import { expect, test } from "vitest";
import { MessageLimit } from "../../../reference-server/live/message-limit.ts";

/** A limit and its clock. */
function limited(burst: number, perSec: number) {
  const clock = { nowMs: 1000 };
  return { clock, limit: new MessageLimit({ burst, perSec }, () => clock.nowMs) };
}

const many = (limit: MessageLimit, count: number, event = "event", characters = 100) =>
  Array.from({ length: count }, () => limit.take(event, characters));

test("a burst is taken, what is beyond it is too many, and who goes on floods", () => {
  const { limit } = limited(3, 1);
  expect(many(limit, 6)).toEqual(["taken", "taken", "taken", "too many", "too many", "flood"]);
});

test("time fills the bucket again, up to its height", () => {
  const { limit, clock } = limited(3, 2);
  many(limit, 3);
  clock.nowMs += 1000;
  expect(many(limit, 3)).toEqual(["taken", "taken", "too many"]);
  clock.nowMs += 3_600_000;
  expect(many(limit, 4)).toEqual(["taken", "taken", "taken", "too many"]);
});

test("what was refused is owed, and when the next one is taken is known to the millisecond", () => {
  const { limit, clock } = limited(10, 4);
  many(limit, 13);
  expect(limit.retryAfterMs).toBe(1000);
  clock.nowMs += 999;
  expect(limit.take("event", 100)).toBe("too many");
  expect(limit.retryAfterMs).toBe(251);
  clock.nowMs += 251;
  expect(limit.take("event", 100)).toBe("taken");
});

test("a steady rate is taken for as long as it lasts", () => {
  const { limit, clock } = limited(5, 50);
  const verdicts = Array.from({ length: 10_000 }, () => {
    clock.nowMs += 20;
    return limit.take("event", 100);
  });
  expect(new Set(verdicts)).toEqual(new Set(["taken"]));
});

test.each([
  ["a join counts five times", "phx_join", 100, 5],
  ["a message of 16,383 characters counts once", "event", 16_383, 1],
  ["one of 16,384 twice", "event", 16_384, 2],
  ["one of a megabyte 62 times", "event", 1_000_000, 62],
])("%s", (_, event, characters, tokens) => {
  const { limit } = limited(tokens * 3, 1);
  expect(many(limit, 4, event, characters)).toEqual(["taken", "taken", "taken", "too many"]);
});
