import { describe, expect, test } from "vitest";
import type { Metric } from "../../../harness/core/metric.ts";
import { METRIC_NAMES } from "../../../harness/core/metric-names.ts";
import { fixedRun, latencies, sizes } from "../gate/runs.ts";
import { around, compared, variant } from "./variants.ts";

const INSERT = "latency.insert.frame";
const BYTES = "payload.insert.bytes";

/** A mode with latencies around these medians. */
const slow = (mode: string, place: number, middle: number, repeats = 9) =>
  variant(mode, place, repeats, (at) => [latencies(INSERT, mode, around(middle, at), 4 * middle)]);

/** A mode with the same sizes in each repeat. */
const sized = (mode: string, place: number, all: readonly number[], repeats = 1) =>
  variant(mode, place, repeats, () => [sizes(BYTES, mode, all)]);

describe("sizes that every repeat has alike are exact:", () => {
  test("the smaller is best, by so much, without a test", () => {
    const { figures } = compared(sized("stream", 0, [500, 540]), sized("stateful", 1, [468]));
    expect(figures).toEqual([
      {
        metric: BYTES,
        reading: "mean",
        unit: "bytes",
        better: "lower",
        exact: true,
        outcome: "best",
        why: "",
        best: [1],
        next: 0,
        estimates: [
          { value: 520, repeats: 1, least: 520, most: 520 },
          { value: 468, repeats: 1, least: 468, most: 468 },
        ],
        contrasts: [
          {
            first: 0,
            second: 1,
            scale: "ratio",
            estimate: 0.9,
            low: null,
            high: null,
            p: null,
            adjustedP: null,
          },
        ],
      },
    ]);
  });

  test("equal ones are the same, and of three the smallest two may share", () => {
    const [one, two, three] = [
      sized("stream", 0, [468]),
      sized("stateful", 1, [468]),
      sized("keyed", 2, [500]),
    ];
    expect(compared(one, two).figures[0]).toMatchObject({ outcome: "same", best: [0, 1] });
    expect(compared(one, two, three).figures[0]).toMatchObject({ outcome: "shared", best: [0, 1] });
  });

  test("a byte more in one of four repeats makes them noisy, and they are tested", () => {
    const other = variant("stateful", 1, 4, (at) => [sizes(BYTES, "stateful", [at === 3 ? 469 : 468])]);
    const [figure] = compared(sized("stream", 0, [520], 4), other).figures;
    expect(figure).toMatchObject({ exact: false, outcome: "best", best: [1] });
    const [contrast] = figure?.contrasts ?? [];
    expect(contrast).toMatchObject({ p: 2 / 70, adjustedP: 2 / 70 });
    expect([contrast?.low, contrast?.high].map((bound) => Number(bound?.toFixed(6)))).toEqual([
      0.9,
      Number((469 / 520).toFixed(6)),
    ]);
  });

  test("deflated ones depend on the digits of times, unless the scenario fixes these", () => {
    const name = "payload.insert.deflated_takeover.bytes";
    const deflated = (mode: string, place: number, size: number) =>
      variant(mode, place, 1, () => [sizes(name, mode, [size])]);
    const pair = [deflated("stream", 0, 60), deflated("stateful", 1, 70)] as const;
    expect(compared(...pair).figures[0]).toMatchObject({ exact: false, outcome: "untested" });
    const fixed = pair.map((one) => {
      const [{ run, mode }] = one.samples;
      const { configuration } = fixedRun([]);
      return {
        ...one,
        samples: [
          {
            run: { ...run, configuration: { ...run.configuration, fixed: configuration.fixed ?? true } },
            mode,
          },
        ],
      } as typeof one;
    });
    expect(compared(fixed[0] ?? pair[0], fixed[1] ?? pair[1]).figures[0]).toMatchObject({
      exact: true,
      outcome: "best",
    });
  });

  test("of a case it is the most frequent size, and the operation itself is not told beside it", () => {
    const casesOf = (mode: string, place: number, common: number) => {
      const metric = sizes("payload.insert.first.bytes", mode, [common, common, 900]);
      const one = variant(mode, place, 1, () => [
        { ...metric, operation: "insert", case: "first" },
        { ...sizes(BYTES, mode, [1000]), operation: "insert" },
      ]);
      const [{ run }] = one.samples;
      const step = {
        kind: "insert" as const,
        ratePerSec: 1,
        durationMs: 1000,
        case: { name: "first", title: "insert, the first" },
      };
      const configuration = { ...run.configuration, steps: [step] };
      return { ...one, samples: [{ run: { ...run, configuration }, mode }] } as typeof one;
    };
    const { figures } = compared(casesOf("stream", 0, 540), casesOf("stateful", 1, 490));
    expect(
      figures.map(({ metric, title, reading, estimates }) => [metric, title, reading, estimates[0]?.value]),
    ).toEqual([["payload.insert.first.bytes", "insert, the first", "common", 540]]);
  });
});

describe("noisy figures are tested:", () => {
  test("a difference is shown, with the interval of the ratio", () => {
    const [p50, p99] = compared(slow("stream", 0, 10_000), slow("stateful", 1, 11_000)).figures;
    expect(p50).toMatchObject({
      metric: INSERT,
      reading: "p50",
      exact: false,
      outcome: "best",
      best: [0],
      next: 1,
      estimates: [
        { value: 10_000, repeats: 9, least: 9960, most: 10_040 },
        { value: 11_000, repeats: 9, least: 10_960, most: 11_040 },
      ],
    });
    const [contrast] = p50?.contrasts ?? [];
    expect(contrast).toMatchObject({
      estimate: expect.closeTo(1.1, 10),
      p: 2 / 48_620,
      adjustedP: 4 / 48_620,
    });
    // All differ by 1,000, and their places by at most three tens.
    expect([contrast?.low, contrast?.high].map((bound) => Number(bound?.toFixed(3)))).toEqual([1.097, 1.103]);
    expect(p99).toMatchObject({ outcome: "best", best: [0] });
  });

  test("none is shown where they overlap", () => {
    const [p50] = compared(slow("stream", 0, 10_000), slow("stateful", 1, 10_005)).figures;
    expect(p50).toMatchObject({ outcome: "undecided", best: [0, 1] });
    const { low = 0, high = 0 } = p50?.contrasts[0] ?? {};
    expect([Number(low) < 1, Number(high) > 1]).toEqual([true, true]);
  });

  test("three repeats have no interval, four have", () => {
    const pair = (repeats: number) =>
      compared(slow("stream", 0, 10_000, repeats), slow("stateful", 1, 12_000, repeats)).figures[0];
    expect(pair(3)).toMatchObject({ outcome: "untested", why: "it takes 4 repeats of each", best: [] });
    // 2 of 70 orders are as extreme, and there are two readings.
    expect(pair(4)).toMatchObject({
      outcome: "undecided",
      contrasts: [{ p: 2 / 70, adjustedP: 4 / 70 }],
    });
  });

  test("the more is compared, the surer each has to be: an interval that leaves out 1 is not enough", () => {
    const one = variant("stream", 0, 5, (at) => [latencies(INSERT, "stream", 10_000 + at, 50_000, 50)]);
    const other = variant("stateful", 1, 5, (at) => [latencies(INSERT, "stateful", 11_000 + at, 50_000, 50)]);
    expect(compared(one, other).figures[0]).toMatchObject({ outcome: "best", contrasts: [{ p: 2 / 252 }] });
    const many = (mode: string, middle: number, place: number) =>
      variant(mode, place, 5, (at) =>
        Array.from({ length: 7 }, (_, number) =>
          latencies(`latency.operation_${number}.frame`, mode, middle + at, 50_000, 50),
        ),
      );
    const { figures, notes } = compared(many("stream", 10_000, 0), many("stateful", 11_000, 1));
    expect(notes).toEqual([
      "5 repeats cannot show any difference among 7 comparisons of what is noisy, however large it is: it takes 6 of each.",
    ]);
    expect(figures.map(({ outcome }) => outcome)).toEqual(Array(7).fill("undecided"));
    expect(figures[0]?.contrasts[0]).toMatchObject({ p: 2 / 252, adjustedP: 14 / 252 });
    expect(figures[0]?.contrasts[0]?.low).toBeGreaterThan(1);
  });

  test("of three the best two may share, and the third is told apart", () => {
    const [p50] = compared(
      slow("stream", 0, 10_000),
      slow("stateful", 1, 10_005),
      slow("keyed", 2, 12_000),
    ).figures;
    expect(p50).toMatchObject({ outcome: "shared", best: [0, 1] });
    expect(p50?.contrasts.map(({ first, second }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  test("a percentile with too few samples is not one", () => {
    const few = (mode: string, place: number) =>
      variant(mode, place, 1, () => [latencies(INSERT, mode, 10_000, 50_000, 99)]);
    expect(compared(few("stream", 0), few("stateful", 1)).figures.map(({ reading }) => reading)).toEqual([
      "p50",
    ]);
  });
});

test("a tie counts against a difference", () => {
  const tied = (mode: string, place: number, values: readonly number[]) =>
    variant(mode, place, values.length, (at) => [latencies(INSERT, mode, values[at] ?? 0, 50_000, 50)]);
  const [apart] = compared(tied("stream", 0, [1, 1, 1, 2]), tied("stateful", 1, [3, 3, 3, 3])).figures;
  expect(apart?.contrasts[0]).toMatchObject({ p: 2 / 70 });
  const [touching] = compared(tied("stream", 0, [1, 1, 1, 3]), tied("stateful", 1, [3, 4, 4, 4])).figures;
  // One tie is half a pair, which is told as a whole one: 2 of 70 orders have no pair or one the other way round.
  expect(touching?.contrasts[0]).toMatchObject({ p: 4 / 70 });
});

test("of pages served a second more is better", () => {
  const served = (mode: string, place: number, rate: number) =>
    variant(mode, place, 9, (at): Metric[] => [
      {
        name: METRIC_NAMES.mountRequests,
        mode,
        unit: "count",
        kind: "counter",
        values: { value: 1000, ratePerSec: rate + at },
      },
    ]);
  const [figure] = compared(served("stream", 0, 500), served("stateful", 1, 900)).figures;
  expect(figure).toMatchObject({ better: "higher", outcome: "best", best: [1], reading: "rate" });
});

test("what may be zero or below is compared by difference", () => {
  const memory = (mode: string, place: number, perUnit: number) =>
    variant(mode, place, 9, (at): Metric[] => [
      {
        name: METRIC_NAMES.serverMemoryPerConnection,
        mode,
        unit: "bytes",
        kind: "slope",
        values: { perUnit: perUnit + at, intercept: 0, low: null, high: null, count: 5 },
      },
    ]);
  const [figure] = compared(memory("stream", 0, -4), memory("stateful", 1, 1000)).figures;
  expect(figure).toMatchObject({
    outcome: "best",
    best: [0],
    contrasts: [{ scale: "difference", estimate: 1004, low: 1001, high: 1007 }],
  });
});

test("of gauges the server's processor time is compared", () => {
  const taken = (mode: string, place: number, us: number) =>
    variant(mode, place, 9, (at): Metric[] => [
      { name: "cpu.server.insert", mode, unit: "us", kind: "gauge", values: { value: us + at } },
    ]);
  const [figure] = compared(taken("stream", 0, 5000), taken("stateful", 1, 9000)).figures;
  expect(figure).toMatchObject({ better: "lower", outcome: "best", best: [0], reading: "value" });
});

test("what one variant alone has is not compared, and the harness itself never", () => {
  const one = variant("stream", 0, 1, () => [
    sizes("payload.components.bytes", "stream", [77]),
    { name: METRIC_NAMES.userMemory, mode: "stream", unit: "bytes", kind: "gauge", values: { value: 1 } },
    latencies(`${INSERT}.uncorrected`, "stream", 1, 2),
  ]);
  const other = variant("stateful", 1, 1, () => []);
  expect(compared(one, other).figures).toMatchObject([
    { metric: "payload.components.bytes", outcome: "untested", why: "only one of the variants has it" },
  ]);
});
