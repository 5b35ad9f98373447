import { createHash } from "node:crypto";
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import type { DashboardFigures } from "../../harness/core/dashboard.ts";
import type { LiveFigures } from "../../harness/core/live-figures.ts";
import type { Metric } from "../../harness/core/metric.ts";
import { payloadBytes } from "../../harness/core/metric-names.ts";
import { micros } from "../../harness/core/units.ts";
import { LatencyRecorder } from "../../harness/measure/latency-recorder.ts";
import { DASHBOARD } from "../../reports/dashboard/render.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";

/** So many samples of an operation, one a second from a time on, of 2 ms and more. */
function latencyOf(operation: string, samples: number, fromMs: number): Metric {
  const recorder = new LatencyRecorder();
  for (let sample = 0; sample < samples; sample += 1)
    recorder.record(micros(2000 + sample * 1000), micros((fromMs + sample * 1000) * 1000));
  const metric = recorder.metric(`latency.${operation}.frame`, { mode: "stream", operation });
  if (metric === undefined) throw new Error("there are samples");
  return metric;
}

const received = (count: number): Metric => ({
  name: payloadBytes("insert"),
  ...{ mode: "stream", operation: "insert", unit: "bytes", kind: "exact" },
  values: { count, min: 500, max: 500, mean: 500, sum: 500 * count },
});

const figures: LiveFigures = {
  ...{
    mode: "stream",
    step: "1 insert",
    users: 200,
    browsers: 2,
    elapsedMs: 6000,
    lastsMs: 10_000,
    done: 30,
  },
  metrics: [latencyOf("insert", 3, 1_000_000), received(100)],
  checks: { made: 31_405, failed: 0 },
  processes: passedResult.generator.processes,
};
const first: DashboardFigures = { figures, atMs: 1_003_000, thresholds: passedResult.thresholds };
const later: DashboardFigures = {
  ...first,
  figures: { ...figures, elapsedMs: 8000, done: 42, metrics: [figures.metrics[0] as Metric, received(160)] },
  atMs: 1_005_000,
};

test("the page is told figures as they are read, and a point of each chart", () => {
  expect(DASHBOARD.state(first, null)).toMatchInlineSnapshot(`
    {
      "latency": {
        "label": "insert to the frame",
        "points": [
          [
            1000000,
            2,
            2,
          ],
          [
            1001000,
            3,
            3,
          ],
          [
            1002000,
            4,
            4,
          ],
        ],
      },
      "point": {
        "atMs": 1003000,
        "begunPerSec": 5,
        "bytesPerSec": null,
        "cpuPercent": 43,
      },
      "share": 0.6,
      "thresholds": [
        {
          "actual": "911 bytes",
          "expression": "max<=950",
          "isError": true,
          "name": "payload.insert.bytes{mode:stream}",
          "state": "holds",
        },
        {
          "actual": "11.999 ms",
          "expression": "p(99)<10",
          "isError": false,
          "name": "latency.insert.frame{mode:stateful}",
          "state": "crossed",
        },
      ],
      "tiles": [
        {
          "isBad": false,
          "label": "Users",
          "note": "and 2 Chromes",
          "value": "200",
        },
        {
          "isBad": false,
          "label": "Left of the step",
          "note": "6 s so far",
          "value": "4 s",
        },
        {
          "isBad": false,
          "label": "Begun a second",
          "note": "30 in this step",
          "value": "5.0",
        },
        {
          "isBad": false,
          "label": "Failed checks",
          "note": "of 31,405",
          "value": "0",
        },
        {
          "isBad": false,
          "label": "p50",
          "note": "insert to the frame",
          "value": "3.00 ms",
        },
        {
          "isBad": false,
          "label": "p99",
          "note": "at most 4.00 ms",
          "value": "4.00 ms",
        },
        {
          "isBad": false,
          "label": "Received a second",
          "note": "100 frames, 50.0 KB in all",
          "value": "—",
        },
        {
          "isBad": false,
          "label": "The harness",
          "note": "of a core; 2.14 ms late at p99",
          "value": "43 %",
        },
      ],
    }
  `);
});

test("a rate is of what came since the figures before, where these were of the same step", () => {
  expect(DASHBOARD.state(later, first).point).toEqual({
    ...{ atMs: 1_005_000, begunPerSec: 6, bytesPerSec: 15_000, cpuPercent: 43 },
  });
  const next = { ...later, figures: { ...later.figures, step: "2 update", elapsedMs: 500, done: 4 } };
  expect(DASHBOARD.state(next, first).point).toMatchObject({ begunPerSec: 8, bytesPerSec: 15_000 });
  const other = { ...later, figures: { ...later.figures, mode: "keyed" } };
  expect(DASHBOARD.state(other, first).point).toMatchObject({ begunPerSec: 5.25, bytesPerSec: null });
});

test("the latency is of the operation that goes on, not of the one that was measured most", () => {
  const metrics = [latencyOf("insert", 9, 1_000_000), latencyOf("update", 2, 1_020_000)];
  expect(DASHBOARD.state({ ...first, figures: { ...figures, metrics } }, null).latency).toEqual({
    label: "update to the frame",
    points: [
      [1_020_000, 2, 2],
      [1_021_000, 3, 3],
    ],
  });
});

test("what is not known yet is no figure, and no length of a step no share", () => {
  const none = { ...figures, browsers: 0, lastsMs: null, metrics: [], processes: [] };
  const state = DASHBOARD.state({ ...first, figures: none, thresholds: [] }, null);
  expect(state).toMatchObject({ share: null, latency: null, thresholds: [] });
  expect(state.tiles.map(({ value }) => value)).toEqual(["200", "—", "5.0", "0", "—", "—", "—", "0 %"]);
});

test("failed checks, dropped starts and a busy harness are marked", () => {
  const marked = (changed: Partial<LiveFigures>) =>
    DASHBOARD.state({ ...first, figures: { ...figures, ...changed } }, null)
      .tiles.filter(({ isBad }) => isBad)
      .map(({ label, note }) => `${label}: ${note}`);
  const [healthy] = figures.processes;
  if (healthy === undefined) throw new Error("there is one");
  expect(marked({})).toEqual([]);
  expect(marked({ checks: { made: 9, failed: 2 } })).toEqual(["Failed checks: of 9"]);
  expect(marked({ processes: [healthy, { ...healthy, droppedStarts: 3 }] })).toEqual([
    "The harness: of a core; 2.14 ms late at p99; 3 starts dropped",
  ]);
  expect(marked({ processes: [{ ...healthy, cpuPercent: 81 }] })).toHaveLength(1);
});

test("the end is the verdict with its reasons, and where its files are", () => {
  const files = [{ what: "Report", path: "/tmp/a.html" }];
  expect(DASHBOARD.end(failedResult, files)).toMatchObject({
    verdict: "failed",
    sentence: "Somebody saw something wrong: 1,202 of 3,228 checks failed.",
    thresholds: [
      { name: "payload.insert.bytes{mode:stream}", state: "holds", isError: true },
      { name: "latency.insert.frame{mode:stateful}", state: "crossed", isError: false },
    ],
    files,
  });
});

test("the document needs nothing else, is escaped, and its policy lets in its own script and style alone", () => {
  const { html, policy } = DASHBOARD.page('<img src=x onerror="alert(1)">');
  const digests: string[] = [];
  const tags: string[] = [];
  const foreign: string[] = [];
  let text = "";
  const parser = new Parser({
    onopentag(name, { src, href }) {
      tags.push(name);
      for (const address of [src, href])
        if (address !== undefined && address !== "data:,") foreign.push(address);
      text = "";
    },
    ontext: (part) => {
      text += part;
    },
    onclosetag(name) {
      if (name === "script" || name === "style")
        digests.push(`${name}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    },
  });
  parser.end(html);
  expect([tags.filter((tag) => tag === "img" || tag === "iframe"), foreign]).toEqual([[], []]);
  expect(policy.split("; ").toSorted()).toEqual(
    [
      ...digests,
      ...["default-src 'none'", "connect-src 'self'", "img-src data:"],
      ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
    ].toSorted(),
  );
});
