import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import {
  believable,
  type GeneratorHealth,
  generatorReport,
} from "../../../harness/measure/generator-health.ts";
import { HealthMonitor } from "../../../harness/measure/health-monitor.ts";

const healthy: GeneratorHealth = {
  loopDelayUs: { mean: 200, p99: 5000, max: 90_000 },
  cpuPercent: 40,
  madeStarts: 1000,
  droppedStarts: 0,
};

describe("a run is believable", () => {
  test.each([
    ["when nothing is near its limit", {}],
    [
      "at its limits",
      {
        loopDelayUs: { mean: 0, p99: 100_000, max: 100_000 },
        cpuPercent: 95,
        madeStarts: 99,
        droppedStarts: 1,
      },
    ],
    ["when it had nothing to start and no sample", { loopDelayUs: null, madeStarts: 0 }],
  ])("%s", (_, changes) => {
    expect(believable({ ...healthy, ...changes })).toEqual({ ok: true, reasons: [] });
  });
});

describe("a run is void", () => {
  test.each([
    [
      "when the event loop was late",
      { loopDelayUs: { mean: 0, p99: 130_400, max: 200_000 } },
      "The harness's event loop was 130 ms late or more 1 % of the time (limit 100 ms): " +
        "use fewer users, a lower rate or a faster machine.",
    ],
    [
      "when a core was used up",
      { cpuPercent: 99.4 },
      "The harness used 99 % of a core (limit 95 %): use fewer users or a lower rate.",
    ],
    [
      "when starts were dropped",
      { madeStarts: 980, droppedStarts: 20 },
      "20 of 1000 starts could not be made on time (limit 1 %): " +
        "use a lower rate, or look for what keeps the server from answering.",
    ],
  ])("%s", (_, changes, reason) => {
    expect(generatorReport({ ...healthy, ...changes })).toEqual({
      ...healthy,
      ...changes,
      believable: false,
      reasons: [reason],
    });
  });

  test("for each reason there is", () => {
    expect(believable({ ...healthy, cpuPercent: 200, droppedStarts: 1000 }).reasons.length).toBe(2);
  });

  test("by limits of its own", () => {
    const limits = { loopDelayP99Us: 1000, cpuPercent: 100, droppedPercent: 0 };
    expect(believable(healthy, limits).ok).toBe(false);
  });
});

test("the monitor gives CPU in percent of the time that was watched, and the starts as they were counted", () => {
  let nowUs = 1_000_000;
  let cpuUs = 0;
  const monitor = new HealthMonitor({
    clock: () => micros(nowUs),
    cpuUsage: () => ({ user: cpuUs, system: 0 }),
    starts: () => ({ made: 7, dropped: 1 }),
  });
  const pass = (us: number, usedUs: number) => {
    nowUs += us;
    cpuUs += usedUs;
  };
  const read = () => monitor.read();
  const starts = { loopDelayUs: null, madeStarts: 7, droppedStarts: 1 };

  pass(5_000_000, 5_000_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 0 });
  monitor.resume();
  pass(1_000_000, 250_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 25 });
  monitor.pause();
  pass(9_000_000, 9_000_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 25 });
  monitor.resume();
  pass(1_000_000, 750_000);
  monitor.pause();
  expect(read()).toEqual({ ...starts, cpuPercent: 50 });
});
