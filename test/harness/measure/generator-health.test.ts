import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import {
  believable,
  type GeneratorHealth,
  generatorMetrics,
  generatorReport,
} from "../../../harness/measure/generator-health.ts";
import { HealthMonitor } from "../../../harness/measure/health-monitor.ts";

const healthy: GeneratorHealth = {
  loopDelayUs: { mean: 200, p99: 5000, max: 90_000 },
  cpuPercent: 40,
  gcPercent: 2,
  longestGcUs: 12_000,
  madeStarts: 1000,
  droppedStarts: 0,
  lateStarts: 0,
  maxLateUs: 700,
};

describe("a run is believable", () => {
  test.each<[string, Partial<GeneratorHealth>]>([
    ["when nothing is near its limit", {}],
    [
      "at its limits",
      {
        loopDelayUs: { mean: 0, p99: 100_000, max: 100_000 },
        cpuPercent: 95,
        gcPercent: 20,
        longestGcUs: 500_000,
        madeStarts: 1980,
        droppedStarts: 20,
        lateStarts: 99,
      },
    ],
    ["when it had nothing to start and no sample", { loopDelayUs: null, madeStarts: 0 }],
  ])("%s", (_, changes) => {
    expect(believable([{ ...healthy, ...changes }])).toEqual({ ok: true, reasons: [] });
  });
});

describe("a run is void", () => {
  test.each<[string, Partial<GeneratorHealth>, string]>([
    [
      "when the event loop was late",
      { loopDelayUs: { mean: 0, p99: 130_400, max: 200_000 } },
      "The event loop of the harness was 130 ms late or more 1 % of the time (limit 100 ms): " +
        "use fewer users, a lower rate or a faster machine.",
    ],
    [
      "when a core was used up",
      { cpuPercent: 99.4 },
      "The harness used 99 % of a core (limit 95 %): use fewer users or a lower rate.",
    ],
    [
      "when it collected garbage too often",
      { gcPercent: 31.2 },
      "The harness collected garbage 31 % of the time (limit 20 %): use fewer users or a lower rate.",
    ],
    [
      "when it collected garbage for too long",
      { longestGcUs: 712_345 },
      "The harness stood still for 712 ms to collect garbage (limit 500 ms): " +
        "use fewer users, or messages that make smaller pages.",
    ],
    [
      "when starts were dropped",
      { madeStarts: 980, droppedStarts: 20 },
      "20 of 1000 starts could not be made on time (limit 1 %): " +
        "use a lower rate, or look for what keeps the server from answering.",
    ],
    [
      "when starts were late",
      { lateStarts: 51, maxLateUs: 84_600 },
      "51 of 1000 starts were made late, one of them by 85 ms (limit 5 %): use fewer users or a lower rate.",
    ],
  ])("%s", (_, changes, reason) => {
    expect(generatorReport([{ ...healthy, ...changes }])).toEqual({
      processes: [{ ...healthy, ...changes }],
      believable: false,
      reasons: [reason],
    });
  });

  test("for each reason there is", () => {
    expect(believable([{ ...healthy, cpuPercent: 200, droppedStarts: 1000 }]).reasons.length).toBe(2);
  });

  test("by limits of its own", () => {
    const limits = {
      loopDelayP99Us: 1000,
      cpuPercent: 100,
      gcPercent: 100,
      longestGcUs: 1e9,
      droppedPercent: 0,
      latePercent: 0,
    };
    expect(believable([healthy], limits).ok).toBe(false);
  });
});

describe("of several processes", () => {
  const second = {
    ...healthy,
    loopDelayUs: { mean: 300, p99: 7000, max: 90_000 },
    cpuPercent: 99,
    gcPercent: 3,
    madeStarts: 500,
    droppedStarts: 10,
    lateStarts: 4,
  };

  test("each is judged and named, and their starts together", () => {
    expect(generatorReport([healthy, second, { ...healthy, gcPercent: 21 }])).toEqual({
      processes: [healthy, second, { ...healthy, gcPercent: 21 }],
      believable: false,
      reasons: [
        "Generator process 2 of 3 used 99 % of a core (limit 95 %): use fewer users or a lower rate.",
        "Generator process 3 of 3 collected garbage 21 % of the time (limit 20 %): use fewer users or a lower rate.",
      ],
    });
  });

  test("the metrics are the worst and the sums", () => {
    expect(generatorMetrics([healthy, second]).map(({ name, unit, values }) => [name, unit, values])).toEqual(
      [
        ["generator.loop_delay", "us", { value: 7000 }],
        ["generator.cpu", "percent", { value: 99 }],
        ["generator.gc", "percent", { value: 3 }],
        ["generator.dropped_starts", "count", { value: 10 }],
        ["generator.late_starts", "count", { value: 4 }],
      ],
    );
  });

  test("without a sample of the delay there is no metric of it", () => {
    expect(generatorMetrics([{ ...healthy, loopDelayUs: null }]).map(({ name }) => name)).not.toContain(
      "generator.loop_delay",
    );
  });
});

test("the monitor gives CPU and garbage in percent of the time that was watched, and the starts as they were counted", () => {
  let nowUs = 1_000_000;
  let cpuUs = 0;
  const watching = new Set<(us: number) => void>();
  const monitor = new HealthMonitor({
    clock: () => micros(nowUs),
    cpuUsage: () => ({ user: cpuUs, system: 0 }),
    watchGc: (onPause) => {
      watching.add(onPause);
      return () => watching.delete(onPause);
    },
    starts: () => ({ made: 7, dropped: 1, late: 2, maxLateUs: 60_000 }),
  });
  const pass = (us: number, usedUs: number, gcUs: number) => {
    nowUs += us;
    cpuUs += usedUs;
    for (const tell of watching) tell(gcUs);
  };
  const read = () => monitor.read();
  const starts = { loopDelayUs: null, madeStarts: 7, droppedStarts: 1, lateStarts: 2, maxLateUs: 60_000 };

  pass(5_000_000, 5_000_000, 9_000_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 0, gcPercent: 0, longestGcUs: 0 });
  monitor.resume();
  pass(1_000_000, 250_000, 40_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 25, gcPercent: 4, longestGcUs: 40_000 });
  monitor.pause();
  pass(9_000_000, 9_000_000, 9_000_000);
  expect(read()).toEqual({ ...starts, cpuPercent: 25, gcPercent: 4, longestGcUs: 40_000 });
  monitor.resume();
  monitor.resume();
  pass(1_000_000, 750_000, 20_000);
  monitor.pause();
  expect(read()).toEqual({ ...starts, cpuPercent: 50, gcPercent: 3, longestGcUs: 40_000 });
});
