import { describe, expect, it, test } from "vitest";
import { compileSelector, findFirst, parseHtml } from "../../../harness/page/html.ts";
import { type RateLimit, RateLimiter, rateLimitOf } from "../../../harness/page/rate-limit.ts";

/** A limiter whose time goes when it is told to, and what its events came to. */
function limiter() {
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly run: () => void }[] = [];
  const log: string[] = [];
  const limits = new RateLimiter((ms, run) => {
    const timer = { atMs: nowMs + ms, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  });
  return {
    limits,
    log,
    event: (element: string, limit: RateLimit, name: string, key: string | null = null) =>
      limits.take(element, limit, { key, push: () => log.push(name), drop: () => log.push(`no ${name}`) }),
    pass: (ms: number) => {
      nowMs += ms;
      const due = timers.filter(({ atMs }) => atMs <= nowMs).toSorted((a, b) => a.atMs - b.atMs);
      timers = timers.filter((timer) => !due.includes(timer));
      for (const { run } of due) run();
    },
    timers: () => timers.length,
  };
}

const DEBOUNCE = { kind: "debounce", ms: 100 } as const;
const THROTTLE = { kind: "throttle", ms: 100 } as const;
const BLUR = { kind: "until-blur" } as const;

it.each<[string, RateLimit]>([
  ["", { kind: "none" }],
  ['phx-debounce="250"', { kind: "debounce", ms: 250 }],
  ["phx-debounce", { kind: "debounce", ms: 300 }],
  ['phx-debounce="blur"', { kind: "until-blur" }],
  ['phx-throttle="1000"', { kind: "throttle", ms: 1000 }],
  ["phx-throttle", { kind: "throttle", ms: 300 }],
  ['phx-debounce="250" phx-throttle="1000"', { kind: "throttle", ms: 250 }],
  ['phx-debounce="blur" phx-throttle="1000"', { kind: "until-blur" }],
  ['phx-debounce="soon"', { kind: "debounce", ms: Number.NaN }],
])("the attributes %j", (attributes, limit) => {
  const element = findFirst(compileSelector("b"), parseHtml(`<b ${attributes}></b>`));
  expect(element === null ? null : rateLimitOf(element)).toEqual(limit);
});

test("without a limit events are pushed at once, with one that is no number never", () => {
  const { event, log } = limiter();
  event("a", { kind: "none" }, "1");
  event("a", { kind: "debounce", ms: Number.NaN }, "2");
  expect(log).toEqual(["1", "no 2"]);
});

describe("debounced", () => {
  test("the last event is pushed once its time is over, the clock starting anew with each", () => {
    const { event, pass, log } = limiter();
    event("a", DEBOUNCE, "1");
    pass(99);
    event("a", DEBOUNCE, "2");
    pass(99);
    expect(log).toEqual(["no 1"]);
    pass(1);
    expect(log).toEqual(["no 1", "2"]);
    pass(1000);
    expect(log).toEqual(["no 1", "2"]);
  });

  test("elements do not wait for each other", () => {
    const { event, pass, log } = limiter();
    event("a", DEBOUNCE, "1");
    event("b", DEBOUNCE, "2");
    pass(100);
    expect(log).toEqual(["1", "2"]);
  });

  test("an event is pushed when its element is left, and only once", () => {
    const { event, pass, limits, log } = limiter();
    event("a", DEBOUNCE, "1");
    limits.leave("b");
    expect(log).toEqual([]);
    limits.leave("a");
    limits.leave("a");
    pass(100);
    expect(log).toEqual(["1"]);
  });

  test("an event is dropped when its form is sent", () => {
    const { event, pass, limits, log } = limiter();
    event("a", DEBOUNCE, "1");
    event("b", DEBOUNCE, "2");
    limits.sendForm(["a", "other"]);
    limits.leave("a");
    pass(100);
    expect(log).toEqual(["no 1", "2"]);
  });
});

describe("debounced until it is left", () => {
  test("the last event is pushed then, however long that takes, and though the form is sent", () => {
    const { event, pass, limits, log } = limiter();
    event("a", BLUR, "1");
    event("a", BLUR, "2");
    pass(10_000);
    limits.sendForm(["a"]);
    expect(log).toEqual(["no 1"]);
    limits.leave("a");
    limits.leave("a");
    expect(log).toEqual(["no 1", "2"]);
  });
});

describe("throttled", () => {
  test("the first event is pushed at once, those in its time are dropped", () => {
    const { event, pass, log } = limiter();
    event("a", THROTTLE, "1");
    event("a", THROTTLE, "2");
    event("b", THROTTLE, "3");
    pass(99);
    event("a", THROTTLE, "4");
    pass(1);
    event("a", THROTTLE, "5");
    expect(log).toEqual(["1", "no 2", "3", "no 4", "5"]);
  });

  test("another key is pushed though it comes in the time of the one before", () => {
    const { event, log } = limiter();
    event("a", THROTTLE, "x", "x");
    event("a", THROTTLE, "x again", "x");
    event("a", THROTTLE, "y", "y");
    event("a", THROTTLE, "y again", "y");
    expect(log).toEqual(["x", "no x again", "y", "no y again"]);
  });

  test("it is over when the element is left or its form is sent", () => {
    const { event, limits, log } = limiter();
    event("a", THROTTLE, "1");
    limits.leave("a");
    event("a", THROTTLE, "2");
    limits.sendForm(["a"]);
    event("a", THROTTLE, "3");
    expect(log).toEqual(["1", "2", "3"]);
  });
});

test("what is throttled anew after it was left is so for its whole time", () => {
  const { event, pass, limits, log } = limiter();
  event("a", THROTTLE, "1");
  pass(50);
  limits.leave("a");
  event("a", THROTTLE, "2");
  pass(50);
  event("a", THROTTLE, "3");
  expect(log).toEqual(["1", "2", "no 3"]);
});

test("what waits can be given up, with its timers", () => {
  const { event, limits, log, timers } = limiter();
  event("a", DEBOUNCE, "1");
  event("b", BLUR, "2");
  event("c", THROTTLE, "3");
  limits.clear();
  limits.leave("b");
  expect(log).toEqual(["3", "no 1", "no 2"]);
  expect(timers()).toBe(0);
});
