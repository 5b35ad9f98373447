import { expect, test } from "vitest";
import type { HistoryReport } from "../../../harness/core/history-report.ts";
import type { Metric } from "../../../harness/core/metric.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { makeHistories } from "../../../harness/history/make-history.ts";
import { HISTORY_FORMATS } from "../../../reports/history/index.ts";
import { ANSI } from "../../../reports/style.ts";
import { fixedRun, latencies, minute, sizes, timedRun } from "../../harness/gate/runs.ts";

/** Two runs of each of ten commits; the sixth brings five bytes more and 12 % of time, the ninth takes bytes of a delete away. */
function run(at: number, changes: Partial<RunResult> = {}): RunResult {
  const commit = Math.floor(at / 2);
  const of = (mode: string, more: number): Metric[] => [
    sizes("payload.insert.bytes", mode, [539 + more]),
    sizes("payload.insert.deflated.bytes", mode, [339 + more]),
    sizes("payload.update.bytes", mode, [300]),
    sizes("payload.delete.bytes", mode, commit < 8 ? [100, 120] : [100, 110]),
  ];
  const more = commit < 5 ? 0 : 5;
  const p50 = (commit < 5 ? 10_000 : 11_200) + 60 * (at % 3);
  const metrics = [
    ...of("stream", more),
    ...of("keyed", more),
    latencies("latency.insert.frame", "stream", p50, 50_000 + at),
  ];
  const { environment } = fixedRun([]);
  return fixedRun(metrics, {
    startedAt: minute(at),
    environment: {
      ...environment,
      node: at < 10 ? "v24.20.0" : "v24.21.0",
      commit: {
        id: `${commit}`.repeat(40),
        subject: `Change *number* ${commit} @all`,
        isDirty: commit === 9,
      },
    },
    ...changes,
  });
}

const many = Array.from({ length: 20 }, (_, at) => run(at));
const report: HistoryReport = { histories: makeHistories(many), leftOut: [] };
const mixed: HistoryReport = {
  histories: makeHistories([
    run(0),
    run(1, { environment: fixedRun([]).environment }),
    run(2, { seed: 2 }),
    timedRun([latencies("latency.insert.frame", "stream", 10_000, 20_000)], { startedAt: minute(3) }),
  ]),
  leftOut: Array.from({ length: 7 }, (_, at) => `results/${at}.json: it is void: the machine was busy`),
};

test("the text tells what changed between which commits, the newest first, and how each figure went", () => {
  expect(HISTORY_FORMATS.text.render(report)).toMatchInlineSnapshot(`
    "payload · seed 1 · 20 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:19 UTC · 0000000 to 9999999-dirty

    2026-01-02 03:16 UTC, between 7777777 and 8888888 (Change *number* 8 @all)
      better    payload.delete.bytes
                  keyed 110 → 105 -5 · stream 110 → 105 -5

    2026-01-02 03:10 UTC, between 4444444 and 5555555 (Change *number* 5 @all)
      also changed: Node v24.20.0 and v24.21.0
      worse     latency.insert.frame
                  stream p50 10.1 ms → 11.3 ms +12.0 %, p < 0.0001
      worse     payload.insert.bytes
                  keyed 539 → 544 +5 · stream 539 → 544 +5
      and 2 deflated metrics, which --format json has

    Run by run: level since the last change (least–most)
      latency.insert.frame{mode:stream} p50  ▁▁▂▁▁▂▁▁▂▁│██▇██▇██▇█  11.3 ms (10.0 ms–11.3 ms)
      latency.insert.frame{mode:stream} p99  ▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██   50.0 ms (50.0 ms–50.0 ms)
      payload.delete.bytes{mode:keyed}       ████████████████│▁▁▁▁  105 (105–110)
      payload.delete.bytes{mode:stream}      ████████████████│▁▁▁▁  105 (105–110)
      payload.insert.bytes{mode:keyed}       ▁▁▁▁▁▁▁▁▁▁│██████████  544 (539–544)
      payload.insert.bytes{mode:stream}      ▁▁▁▁▁▁▁▁▁▁│██████████  544 (539–544)

    2 figures the same in every run; --metric shows them

    2 changes in 20 runs; figures: 5 worse, 2 better
    "
  `);
});

test("on a narrow terminal too", () => {
  const text = HISTORY_FORMATS.text.render(report, { columns: 60 });
  expect(text).toMatchInlineSnapshot(`
    "payload · seed 1 · 20 runs · 2026-01-02 03:00 UTC to
    2026-01-02 03:19 UTC · 0000000 to 9999999-dirty

    2026-01-02 03:16 UTC, between 7777777 and 8888888 (Change
      *number* 8 @all)
      better    payload.delete.bytes
                  keyed 110 → 105 -5 · stream 110 → 105 -5

    2026-01-02 03:10 UTC, between 4444444 and 5555555 (Change
      *number* 5 @all)
      also changed: Node v24.20.0 and v24.21.0
      worse     latency.insert.frame
                  stream p50 10.1 ms → 11.3 ms +12.0 %, p <
                  0.0001
      worse     payload.insert.bytes
                  keyed 539 → 544 +5 · stream 539 → 544 +5
      and 2 deflated metrics, which --format json has

    Run by run: level since the last change (least–most)
      latency.insert.frame{mode:stream} p50
          ▁▁▂▁▁▂▁▁▂▁│██▇██▇██▇█  11.3 ms (10.0 ms–11.3 ms)
      latency.insert.frame{mode:stream} p99
          ▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██   50.0 ms (50.0 ms–50.0 ms)
      payload.delete.bytes{mode:keyed}
          ████████████████│▁▁▁▁  105 (105–110)
      payload.delete.bytes{mode:stream}
          ████████████████│▁▁▁▁  105 (105–110)
      payload.insert.bytes{mode:keyed}
          ▁▁▁▁▁▁▁▁▁▁│██████████  544 (539–544)
      payload.insert.bytes{mode:stream}
          ▁▁▁▁▁▁▁▁▁▁│██████████  544 (539–544)

    2 figures the same in every run; --metric shows them

    2 changes in 20 runs; figures: 5 worse, 2 better
    "
  `);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
});

test("what was chosen is shown whole", () => {
  const histories = makeHistories(many, (metric) => metric.startsWith("payload.update"));
  expect(HISTORY_FORMATS.text.render({ histories, leftOut: [] }, { isChosen: true })).toMatchInlineSnapshot(`
    "payload · seed 1 · 20 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:19 UTC · 0000000 to 9999999-dirty

    Run by run: level since the last change (least–most)
      payload.update.bytes{mode:keyed}   ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  300
      payload.update.bytes{mode:stream}  ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁  300

    No change in 20 runs
    "
  `);
});

test("several histories stand below each other, each with what makes it another one", () => {
  expect(HISTORY_FORMATS.text.render(mixed)).toMatchInlineSnapshot(`
    "payload · seed 1 · 2 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:01 UTC · 0000000

    Run by run: level since the last change (least–most)
      latency.insert.frame{mode:stream} p50  ▁█  10.0 ms (10.0 ms–10.1 ms)
      latency.insert.frame{mode:stream} p99  ▁█  50.0 ms (50.0 ms–50.0 ms)

    8 figures the same in every run; --metric shows them

    Times and memory are tested from 6 runs on; 2 readings had fewer.

    No change in 2 runs


    payload · seed 2 · 1 run · 2026-01-02 03:02 UTC · 1111111
    Not run as the first payload: seed: 1 and 2

    One run, and nothing to compare it with


    mixed-day · seed 1 · 1 run · 2026-01-02 03:03 UTC

    One run, and nothing to compare it with


    Left out: 7 files
      results/0.json: it is void: the machine was busy
      results/1.json: it is void: the machine was busy
      results/2.json: it is void: the machine was busy
      results/3.json: it is void: the machine was busy
      results/4.json: it is void: the machine was busy
      and 2 more, which --format json has
    "
  `);
});

test("on a terminal worse and better are told by colour, and nothing else differs", () => {
  const text = HISTORY_FORMATS.text.render(report, { style: ANSI });
  expect(text).toContain("\u001b[31mworse    \u001b[39m");
  expect(text).toContain("\u001b[32mbetter   \u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colours are made of.
  expect(text.replaceAll(/\u001b\[\d+m/g, "")).toBe(HISTORY_FORMATS.text.render(report));
});

test("Markdown has a table of what changed, and is not fooled by a commit's subject", () => {
  expect(HISTORY_FORMATS.markdown.render(report)).toMatchInlineSnapshot(`
    "### payload: 2 changes in 20 runs; figures: 5 worse, 2 better

    seed 1 · 20 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:19 UTC · 0000000 to 9999999-dirty

    | | figure | change | since | between |
    | --- | --- | --- | --- | --- |
    | 🔽 better | \`payload.delete.bytes{mode:keyed}\` | 110 → 105 -5 | 2026-01-02 03:16 UTC | between 7777777 and 8888888 (Change \\*number\\* 8 @​all) |
    | 🔽 better | \`payload.delete.bytes{mode:stream}\` | 110 → 105 -5 | 2026-01-02 03:16 UTC | between 7777777 and 8888888 (Change \\*number\\* 8 @​all) |
    | 🔺 worse | \`latency.insert.frame{mode:stream} p50\` | 10.1 ms → 11.3 ms +12.0 %, p &lt; 0.0001 | 2026-01-02 03:10 UTC | between 4444444 and 5555555 (Change \\*number\\* 5 @​all); also changed: Node v24.20.0 and v24.21.0 |
    | 🔺 worse | \`payload.insert.bytes{mode:keyed}\` | 539 → 544 +5 | 2026-01-02 03:10 UTC | between 4444444 and 5555555 (Change \\*number\\* 5 @​all); also changed: Node v24.20.0 and v24.21.0 |
    | 🔺 worse | \`payload.insert.bytes{mode:stream}\` | 539 → 544 +5 | 2026-01-02 03:10 UTC | between 4444444 and 5555555 (Change \\*number\\* 5 @​all); also changed: Node v24.20.0 and v24.21.0 |
    | 🔺 worse | \`payload.insert.deflated.bytes{mode:keyed}\` | 339 → 344 +5 | 2026-01-02 03:10 UTC | between 4444444 and 5555555 (Change \\*number\\* 5 @​all); also changed: Node v24.20.0 and v24.21.0 |
    | 🔺 worse | \`payload.insert.deflated.bytes{mode:stream}\` | 339 → 344 +5 | 2026-01-02 03:10 UTC | between 4444444 and 5555555 (Change \\*number\\* 5 @​all); also changed: Node v24.20.0 and v24.21.0 |

    <details><summary>Run by run: 8 figures</summary>

    | | | level since the last change (least–most) |
    | --- | --- | ---: |
    | \`latency.insert.frame{mode:stream} p50\` | \`▁▁▂▁▁▂▁▁▂▁│██▇██▇██▇█\` | 11.3 ms (10.0 ms–11.3 ms) |
    | \`latency.insert.frame{mode:stream} p99\` | \`▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██\` | 50.0 ms (50.0 ms–50.0 ms) |
    | \`payload.delete.bytes{mode:keyed}\` | \`████████████████│▁▁▁▁\` | 105 (105–110) |
    | \`payload.delete.bytes{mode:stream}\` | \`████████████████│▁▁▁▁\` | 105 (105–110) |
    | \`payload.insert.bytes{mode:keyed}\` | \`▁▁▁▁▁▁▁▁▁▁│██████████\` | 544 (539–544) |
    | \`payload.insert.bytes{mode:stream}\` | \`▁▁▁▁▁▁▁▁▁▁│██████████\` | 544 (539–544) |
    | \`payload.insert.deflated.bytes{mode:keyed}\` | \`▁▁▁▁▁▁▁▁▁▁│██████████\` | 344 (339–344) |
    | \`payload.insert.deflated.bytes{mode:stream}\` | \`▁▁▁▁▁▁▁▁▁▁│██████████\` | 344 (339–344) |

    </details>
    "
  `);
});

test("Markdown of several histories", () => {
  expect(HISTORY_FORMATS.markdown.render(mixed)).toMatchInlineSnapshot(`
    "### payload: No change in 2 runs

    seed 1 · 2 runs · 2026-01-02 03:00 UTC to 2026-01-02 03:01 UTC · 0000000

    Times and memory are tested from 6 runs on; 2 readings had fewer.

    <details><summary>Run by run: 2 figures</summary>

    | | | level since the last change (least–most) |
    | --- | --- | ---: |
    | \`latency.insert.frame{mode:stream} p50\` | \`▁█\` | 10.0 ms (10.0 ms–10.1 ms) |
    | \`latency.insert.frame{mode:stream} p99\` | \`▁█\` | 50.0 ms (50.0 ms–50.0 ms) |

    </details>

    ### payload: One run, and nothing to compare it with

    seed 2 · 1 run · 2026-01-02 03:02 UTC · 1111111

    Not run as the first payload: seed: 1 and 2

    ### mixed-day: One run, and nothing to compare it with

    seed 1 · 1 run · 2026-01-02 03:03 UTC

    <details><summary>Left out: 7 files</summary>

    - results/0.json: it is void: the machine was busy
    - results/1.json: it is void: the machine was busy
    - results/2.json: it is void: the machine was busy
    - results/3.json: it is void: the machine was busy
    - results/4.json: it is void: the machine was busy
    - results/5.json: it is void: the machine was busy
    - results/6.json: it is void: the machine was busy

    </details>
    "
  `);
});
