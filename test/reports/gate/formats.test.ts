import { describe, expect, test } from "vitest";
import type { Baseline } from "../../../harness/core/baseline.ts";
import type { Metric } from "../../../harness/core/metric.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { judgeGate } from "../../../harness/gate/gate.ts";
import { makeBaseline } from "../../../harness/gate/make-baseline.ts";
import { GATE_FORMATS } from "../../../reports/gate/index.ts";
import { anatomyOf, fixedRun, latencies, minute, sizes } from "../../harness/gate/runs.ts";

const statics = (bytes: number, line: number) =>
  anatomyOf(1, [
    { part: "envelope", bytes: 80 },
    { part: "statics", slot: "2.4", source: `web/chat/message.ts:${line}`, bytes },
  ]);

const insert = (mode: string, size: number, line: number): Metric[] => [
  sizes("payload.insert.bytes", mode, [size], statics(size - 300, line)),
  sizes("payload.insert.deflated.bytes", mode, [size - 200]),
];

/** A class of five bytes was added, the first line of the file too; a delete was renamed, and an edit got cheaper. */
const before = [
  ...insert("stream", 539, 16),
  ...insert("stateful", 491, 16),
  sizes("payload.update.bytes", "stateful", [148, 214]),
  sizes("payload.delete.bytes", "stream", [104]),
];
const after = [
  ...insert("stream", 544, 17),
  ...insert("stateful", 496, 17),
  sizes("payload.update.bytes", "stateful", [140, 214]),
  sizes("payload.remove.bytes", "stream", [104]),
];

/** Nine repeats of each, in turn, with a median that is 6 % higher. */
const repeats = (metrics: readonly Metric[], side: 0 | 1): [RunResult, ...RunResult[]] => {
  const runs = Array.from({ length: 9 }, (_, at) => {
    const slow = latencies("latency.insert.frame", "stream", 10_000 + side * 600 + at, 50_000, 90);
    return fixedRun([...metrics, slow], { startedAt: minute(2 * at + side) });
  });
  return runs as [RunResult, ...RunResult[]];
};

const baseline: Baseline = makeBaseline(repeats(before, 0));
const regressed = judgeGate(baseline, repeats(after, 1), "payload.json");
const passed = judgeGate(makeBaseline([fixedRun(before)]), [fixedRun(before)], "payload.json");

test("the text tells what grew, by how much, where, and why it failed, in 100 columns", () => {
  const text = GATE_FORMATS.text.render(regressed);
  expect(text).toMatchInlineSnapshot(`
    "payload · 9 runs against payload.json, of 9 runs

    Grew: bytes, before → after
      payload.insert.bytes
          stream 539 → 544 +5 · stateful 491 → 496 +5
      in each of them
            +5 statics of web/chat/message.ts:17 (slot 2.4)
      and 2 deflated metrics, which --format json has

    Shrank: bytes, before → after
      payload.update.bytes
          stateful 362 in 2 (148–214) → 354 in 2 (140–214) -8 in all
      Which slot it was is not known: one side has no anatomy of these bytes.

    Not measured any more (where that is meant: --update)
      payload.delete.bytes
          stream 104

    New, and in no baseline yet (--update takes them in)
      payload.remove.bytes
          stream 104

    Noisy figures: medians of the repeats; p of Mann and Whitney's U, by Holm for 1
      regressed  latency.insert.frame{mode:stream} p50         10.0 ms → 10.6 ms      +6.0 %  p < 0.0001
      1 reading, as latency.insert.frame{mode:stream} p99, undecided: 0 repeats with 100 samples, and
        it takes 9 of each

    REGRESSED: 4 of 7 exact metrics grew, as payload.insert.bytes{mode:stateful}: 491 → 496 bytes, +5,
      of it +5 in statics of web/chat/message.ts:17 (slot 2.4);
      latency.insert.frame{mode:stream} p50 rose by 6.0 %; 1 metric of the baseline not
      measured, exit code 99
    "
  `);
  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
});

test("the text of what passed is short", () => {
  expect(GATE_FORMATS.text.render(passed)).toMatchInlineSnapshot(`
    "payload · 1 run against payload.json, of 1 run

    PASSED: 6 exact metrics the same to the byte, exit code 0
    "
  `);
});

test("markdown is a table for a pull request", () => {
  expect(GATE_FORMATS.markdown.render(regressed)).toMatchInlineSnapshot(`
    "### ❌ \`payload\`: regressed

    4 of 7 exact metrics grew, as payload.insert.bytes\\{mode:stateful\\}: 491 → 496 bytes, +5, of it +5 in statics of web/chat/message.ts:17 (slot 2.4); latency.insert.frame\\{mode:stream\\} p50 rose by 6.0 %; 1 metric of the baseline not measured

    | | metric | mode | bytes | change | where |
    | --- | --- | --- | --- | ---: | --- |
    | regressed | \`payload.insert.bytes\` | stream | 539 → 544 | +5 | +5 statics of web/chat/message.ts:17 (slot 2.4) |
    | regressed | \`payload.insert.bytes\` | stateful | 491 → 496 | +5 | +5 statics of web/chat/message.ts:17 (slot 2.4) |
    | improved | \`payload.update.bytes\` | stateful | 362 in 2 (148–214) → 354 in 2 (140–214) | -8 in all |  |
    | missing | \`payload.delete.bytes\` | stream | 104 |  |  |
    | new | \`payload.remove.bytes\` | stream | 104 |  |  |

    <details><summary>Deflated: 2 metrics</summary>

    | | metric | mode | bytes | change | where |
    | --- | --- | --- | --- | ---: | --- |
    | regressed | \`payload.insert.deflated.bytes\` | stream | 339 → 344 | +5 |  |
    | regressed | \`payload.insert.deflated.bytes\` | stateful | 291 → 296 | +5 |  |

    </details>

    | | metric | mode | reading | before | after | change | p |
    | --- | --- | --- | --- | ---: | ---: | ---: | ---: |
    | regressed | \`latency.insert.frame\` | stream | p50 | 10.0 ms | 10.6 ms | +6.0 % | < 0.0001 |

    9 runs against payload.json, of 9 runs. 1 figure undecided: 0 repeats with 100 samples, and it takes 9 of each.
    "
  `);
});

describe("annotations of GitHub Actions", () => {
  test("are one a metric and one for the whole", () => {
    expect(GATE_FORMATS.github.render(regressed)).toMatchInlineSnapshot(`
      "::error title=payload.insert.bytes::stream 539 → 544 (+5), stateful 491 → 496 (+5)%0A+5 statics of web/chat/message.ts:17 (slot 2.4): stream, stateful
      ::error title=payload.delete.bytes::stream not measured
      ::error title=latency.insert.frame::stream p50 10.0 ms → 10.6 ms (+6.0 %25, p < 0.0001)
      ::error title=payload%3A regressed::4 of 7 exact metrics grew, as payload.insert.bytes{mode:stateful}: 491 → 496 bytes, +5, of it +5 in statics of web/chat/message.ts:17 (slot 2.4); latency.insert.frame{mode:stream} p50 rose by 6.0 %25; 1 metric of the baseline not measured
      "
    `);
  });

  test("are no more than GitHub shows", () => {
    const many = (size: number) =>
      Array.from({ length: 30 }, (_, at) => sizes(`payload.update.case_${at}.bytes`, "stream", [size]));
    const report = judgeGate(makeBaseline([fixedRun(many(1))]), [fixedRun(many(2))], "payload.json");
    expect(GATE_FORMATS.github.render(report).trim().split("\n")).toHaveLength(10);
  });

  test("cannot be broken out of by what a run contains", () => {
    const evil = (size: number) => [sizes("a,b:c\n::stop-commands::x", "stream", [size])];
    const report = judgeGate(makeBaseline([fixedRun(evil(1))]), [fixedRun(evil(2))], "payload.json");
    expect(GATE_FORMATS.github.render(report).trim().split("\n")).toHaveLength(2);
    expect(GATE_FORMATS.github.render(report)).toContain("title=a%2Cb%3Ac%0A%3A%3Astop-commands%3A%3Ax::");
  });
});

test("json has everything", () => {
  expect(JSON.parse(GATE_FORMATS.json.render(regressed))).toEqual(regressed);
});

test("processor time is told in itself, and relative to the harness's", () => {
  const cpu = (server: number, side: 0 | 1) =>
    Array.from({ length: 9 }, (_, at) => {
      const figure = (name: string, unit: "us" | "bytes", value: number): Metric => ({
        name,
        mode: "stream",
        unit,
        kind: "gauge",
        values: { value },
      });
      const metrics = [
        figure("cpu.server.insert", "us", server + at),
        figure("cpu.harness.insert", "us", 5000),
        figure("wire.received.per_insert", "bytes", 80_000),
      ];
      return fixedRun(metrics, { startedAt: minute(2 * at + side) });
    }) as [RunResult, ...RunResult[]];
  const report = judgeGate(makeBaseline(cpu(2000, 0)), cpu(2200, 1), "base");
  expect(GATE_FORMATS.text.render(report)).toMatchInlineSnapshot(`
    "payload · 9 runs against base, of 9 runs

    Noisy figures: medians of the repeats; p of Mann and Whitney's U, by Holm for 2
      regressed  cpu.server.insert{mode:stream} mean           2.00 ms → 2.20 ms     +10.0 %  p < 0.0001
      regressed  cpu.server.insert{mode:stream} relative to the harness's
                 40.1 % → 44.1 %       +10.0 %  p < 0.0001

    No size in it repeats. The scenario is not one that gives the same bytes each time; from 3 runs it
    can be told which do all the same.

    REGRESSED: cpu.server.insert{mode:stream} mean rose by 10.0 %, and 1 more, exit code 99
    "
  `);
  expect(GATE_FORMATS.markdown.render(report)).toContain(
    "| regressed | `cpu.server.insert` | stream | relative to the harness's | 40.1 % | 44.1 % | +10.0 % | < 0.0001 |",
  );
  expect(GATE_FORMATS.github.render(report)).toContain(
    "stream relative to the harness's 40.1 %25 → 44.1 %25 (+10.0 %25, p < 0.0001)",
  );
});
