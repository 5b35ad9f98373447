import { expect, test } from "vitest";
import { FAILURE_WINDOW_MS, LogInLimit, MAX_FAILURES } from "../../../reference-server/chat/log-in-limit.ts";

const MINUTE = 60_000;

function limitAt(startMs: number, maxAccounts?: number) {
  const clock = { nowMs: startMs };
  return { clock, limit: new LogInLimit(() => clock.nowMs, maxAccounts) };
}

const times = <T>(count: number, act: () => T): T[] => Array.from({ length: count }, act);

test("ten failures within a quarter of an hour close an account, and no other", () => {
  expect([MAX_FAILURES, FAILURE_WINDOW_MS]).toEqual([10, 900_000]);
  const { limit } = limitAt(1000);
  expect(times(10, () => limit.begin("alice").allowed)).toEqual(times(10, () => true));
  expect(limit.begin("alice")).toEqual({ allowed: false, retryAtMs: 1000 + 900_000 });
  expect(limit.begin("bob")).toEqual({ allowed: true });
});

test("an account opens when the first failure is a quarter of an hour ago, and closes at the next", () => {
  const { clock, limit } = limitAt(0);
  limit.begin("alice");
  clock.nowMs = MINUTE;
  times(9, () => limit.begin("alice"));
  clock.nowMs = 15 * MINUTE - 1;
  expect(limit.begin("alice")).toEqual({ allowed: false, retryAtMs: 15 * MINUTE });
  clock.nowMs = 15 * MINUTE;
  expect(limit.begin("alice")).toEqual({ allowed: true });
  expect(limit.begin("alice")).toEqual({ allowed: false, retryAtMs: 16 * MINUTE });
});

test("attempts at a closed account do not keep it closed", () => {
  const { clock, limit } = limitAt(0);
  times(50, () => limit.begin("alice"));
  clock.nowMs = 15 * MINUTE;
  expect(times(11, () => limit.begin("alice").allowed).filter((allowed) => allowed).length).toBe(10);
});

test("a success forgets the failures before it", () => {
  const { limit } = limitAt(0);
  times(10, () => limit.begin("alice"));
  limit.succeeded("alice");
  expect(times(11, () => limit.begin("alice").allowed).filter((allowed) => allowed).length).toBe(10);
});

test("of more accounts than are counted, the one whose last attempt is longest ago is forgotten", () => {
  const { limit } = limitAt(0, 2);
  times(9, () => limit.begin("alice"));
  times(10, () => limit.begin("bob"));
  limit.begin("alice");
  limit.begin("carla");
  expect(limit.begin("alice").allowed).toBe(false);
  expect(limit.begin("bob")).toEqual({ allowed: true });
});
