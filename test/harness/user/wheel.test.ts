import { expect, it } from "vitest";
import { type Every, Wheel, type WheelMember } from "../../../harness/user/wheel.ts";

/** A timer that ticks when it is told to. */
function manualTimer(): {
  readonly every: Every;
  tick(times: number): void;
  readonly running: () => boolean;
} {
  let current: (() => void) | null = null;
  const every: Every = (ms, tick) => {
    expect(ms).toBe(1000);
    current = tick;
    return () => {
      current = null;
    };
  };
  return {
    every,
    tick: (times) => {
      for (let i = 0; i < times; i++) current?.();
    },
    running: () => current !== null,
  };
}

/** A member that counts. */
function member(): WheelMember & { ticks: number; beats: number } {
  return {
    ticks: 0,
    beats: 0,
    tick(beat) {
      this.ticks += 1;
      if (beat) this.beats += 1;
    },
  };
}

it("every member is told every second, and that a heartbeat is due every thirty", () => {
  const timer = manualTimer();
  const wheel = new Wheel(timer.every);
  const members = Array.from({ length: 70 }, member);
  for (const one of members) wheel.add(one);
  timer.tick(60);
  expect(new Set(members.map(({ ticks, beats }) => `${ticks} ${beats}`))).toEqual(new Set(["60 2"]));
});

it("a heartbeat is due as often as it is wanted", () => {
  const timer = manualTimer();
  const wheel = new Wheel(timer.every, 2);
  const members = [member(), member(), member()];
  for (const one of members) wheel.add(one);
  timer.tick(6);
  expect(members.map(({ beats }) => beats)).toEqual([3, 3, 3]);
});

it("heartbeats are spread over the seconds", () => {
  const timer = manualTimer();
  const wheel = new Wheel(timer.every);
  const members = Array.from({ length: 60 }, member);
  for (const one of members) wheel.add(one);
  timer.tick(1);
  expect(members.filter(({ beats }) => beats === 1).length).toBe(2);
});

it("the timer runs only while there are members", () => {
  const timer = manualTimer();
  const wheel = new Wheel(timer.every);
  const [one, other] = [member(), member()];
  expect(timer.running()).toBe(false);
  wheel.add(one);
  wheel.add(other);
  wheel.remove(one);
  expect(timer.running()).toBe(true);
  wheel.remove(other);
  expect(timer.running()).toBe(false);
});
