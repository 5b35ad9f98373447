import { expect, test } from "vitest";
import { parseBaseline, serializeBaseline } from "../../../harness/core/baseline.ts";
import { makeBaseline } from "../../../harness/gate/make-baseline.ts";
import { fixedRun, latencies, sizes } from "../gate/runs.ts";

const baseline = makeBaseline([
  fixedRun([
    sizes("payload.insert.bytes", "stream", [539, 541]),
    sizes("payload.insert.bytes", "keyed", [491]),
    latencies("latency.insert.frame", "stream", 1000, 2000),
  ]),
]);

test("a baseline is a line a metric, sorted, and is read as it was written", () => {
  const text = serializeBaseline(baseline);
  expect(text).toBe(`{
  "baselineVersion": 1,
  "scenario": "payload",
  "seed": 1,
  "deflatedBy": {"node":"24.21.0","platform":"linux-x64"},
  "runs": 1,
  "configuration": {
    "template": "the room page of the reference server",
    "modes": ["stream","stateful"],
    "users": 200,
    "browsers": 2,
    "messagesInRoom": 60,
    "pageSize": 10,
    "fixed": true,
    "steps": [
      {"kind":"insert","ratePerSec":10,"durationMs":5000},
      {"kind":"delete","ratePerSec":5,"durationMs":1000},
      {"kind":"scrollback","pages":2}
    ]
  },
  "exact": [
    {"metric":"payload.insert.bytes","mode":"keyed","repeats":"all","count":1,"min":491,"max":491,"sum":491},
    {"metric":"payload.insert.bytes","mode":"stream","repeats":"all","count":2,"min":539,"max":541,"sum":1080,"sizes":[[539,1],[541,1]]}
  ],
  "noisy": {
    "machine": {"platform":"linux-x64","cpus":2,"cpuModel":"Intel(R) Xeon(R) CPU @ 2.60GHz"},
    "startedAt": [
      "2026-01-02T03:04:05.678Z"
    ],
    "metrics": [
      {"metric":"latency.insert.frame","mode":"stream","reading":"p50","unit":"us","values":[1000],"samples":[1000]},
      {"metric":"latency.insert.frame","mode":"stream","reading":"p99","unit":"us","values":[2000],"samples":[1000]}
    ]
  }
}
`);
  expect(serializeBaseline(parseBaseline(text, "b.json"))).toBe(text);
});

test.each([
  ["no JSON", "{", /^b\.json is not a baseline: it is not JSON \(.+\)$/],
  ["a run", '{"schemaVersion":3}', /it has no baselineVersion. Make one by `bench baseline save`.$/],
  [
    "a newer one",
    '{"baselineVersion":2}',
    /its baselineVersion is 2 and this bench reads 1. Use a newer bench.$/,
  ],
  [
    "several problems",
    JSON.stringify({ ...baseline, seed: -1, exact: 3 }),
    /^b\.json is not a baseline: seed: .+; exact: .+$/,
  ],
])("what is none is refused: %s", (_, text, message) => {
  expect(() => parseBaseline(text, "b.json")).toThrow(message);
});
