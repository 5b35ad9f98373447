import type { Metric } from "../../harness/core/metric.ts";
import { latency, METRIC_NAMES, payloadBytes } from "../../harness/core/metric-names.ts";
import type { GeneratorProcess, RunResult } from "../../harness/core/run-result.ts";

const labels = (mode: string, operation: string) => ({ mode, operation });

/** Exact sizes of which the mean is the middle. */
function payload(mode: string, operation: string, min: number, max = min): Metric {
  const sum = min + max;
  return {
    name: payloadBytes(operation),
    ...labels(mode, operation),
    unit: "bytes",
    kind: "exact",
    values: { count: 2, min, max, sum, mean: sum / 2 },
  };
}

/** Of a case: what three viewers received, and what one who took part did. */
function measuredCase(mode: string, operation: string, name: string, common: number, other = common): Metric {
  const sizes = [
    { value: common, count: 3 },
    { value: other, count: 1 },
  ].sort((a, b) => a.value - b.value);
  const [min, max, sum] = [Math.min(common, other), Math.max(common, other), 3 * common + other];
  return {
    name: payloadBytes(operation, name),
    ...labels(mode, operation),
    case: name,
    unit: "bytes",
    kind: "exact",
    values: { count: 4, min, max, sum, mean: sum / 4 },
    sizes,
  };
}

function hidden(mode: string, value: number): Metric {
  return { name: METRIC_NAMES.hiddenToUser, mode, unit: "count", kind: "gauge", values: { value } };
}

function insertLatency(mode: string, point: "frame" | "dom", p50: number, p99: number): Metric {
  return {
    name: latency("insert", point),
    ...labels(mode, "insert"),
    unit: "us",
    kind: "distribution",
    values: { count: 1000, min: 100, mean: p50, max: p99 * 2, p50, p90: p50 * 2, p99, p999: p99 * 2 },
  };
}

function memory(mode: string, perUnit: number, margin: number): Metric {
  return {
    name: METRIC_NAMES.serverMemoryPerConnection,
    mode,
    unit: "bytes",
    kind: "slope",
    values: { perUnit, intercept: 60_000_000, low: perUnit - margin, high: perUnit + margin, count: 5 },
  };
}

function delivery(mode: string, expected: number, lost: number): Metric[] {
  const figures = [
    [METRIC_NAMES.deliveryExpected, expected],
    [METRIC_NAMES.deliveryReceived, expected - lost],
    [METRIC_NAMES.deliveryLost, lost],
    [METRIC_NAMES.deliveryDuplicated, 0],
  ] as const;
  return figures.map(([name, value]) => ({
    name,
    ...labels(mode, "insert"),
    unit: "count",
    kind: "counter",
    values: { value },
  }));
}

function chromeConnections(mode: string, value: number): Metric {
  return { name: METRIC_NAMES.chromeConnections, mode, unit: "count", kind: "counter", values: { value } };
}

const all = (stream: number, stateful: number) => ({
  made: stream + stateful,
  failed: 0,
  modes: { stream: { made: stream, failed: 0 }, stateful: { made: stateful, failed: 0 } },
});

const healthy: GeneratorProcess = {
  loopDelayUs: { samples: 300, mean: 300, p99: 2140, max: 30_000 },
  cpuPercent: 43.4,
  gcPercent: 1.24,
  longestGcUs: 12_000,
  madeStarts: 400,
  droppedStarts: 0,
  lateStarts: 0,
  maxLateUs: 800,
};

/** A run that passed, in two modes. The figures are invented. */
export const passedResult: RunResult = {
  schemaVersion: 3,
  scenario: "quickstart",
  verdict: "passed",
  exitCode: 0,
  seed: 1,
  startedAt: "2026-01-02T03:04:05.678Z",
  durationMs: 41_234,
  environment: {
    node: "24.21.0",
    platform: "linux-x64",
    cpus: 2,
    cpuModel: "Intel(R) Xeon(R) CPU @ 2.60GHz",
    memoryBytes: 8_343_000_000,
    chrome: "Chrome/150.0.7871.24",
    liveViewVersion: "1.2.10",
    benchVersion: "0.1.0",
  },
  configuration: {
    template: "the room page of the reference server",
    modes: ["stream", "stateful"],
    users: 200,
    browsers: 2,
    messagesInRoom: 60,
    pageSize: 10,
    steps: [
      { kind: "insert", ratePerSec: 10, durationMs: 5000 },
      { kind: "delete", ratePerSec: 5, durationMs: 1000 },
      { kind: "scrollback", pages: 2 },
    ],
  },
  checks: {
    made: 3228,
    failed: 0,
    kinds: {
      "user-vs-oracle": all(1200, 1200),
      "chrome-vs-oracle": all(12, 12),
      "chrome-vs-user": all(12, 12),
      delivery: all(202, 202),
      "console-clean": all(188, 188),
    },
    failures: [],
  },
  metrics: [
    payload("stream", "join", 7154, 7160),
    payload("stream", "insert", 905, 911),
    payload("stream", "update", 926),
    payload("stream", "delete", 102),
    payload("stream", "prepend", 4899),
    payload("stream", "reply", 31, 64),
    insertLatency("stream", "frame", 3214, 12_430),
    insertLatency("stream", "dom", 18_200, 142_000),
    memory("stream", 15_432, 612),
    ...delivery("stream", 10_100, 0),
    chromeConnections("stream", 2),
    payload("stateful", "join", 6647, 6653),
    payload("stateful", "insert", 841),
    payload("stateful", "update", 196),
    payload("stateful", "delete", 65, 2226),
    payload("stateful", "prepend", 7637),
    insertLatency("stateful", "frame", 987, 11_999),
    insertLatency("stateful", "dom", 17_920, 10_320_000),
    memory("stateful", 96_210, 1204),
    ...delivery("stateful", 10_100, 0),
    chromeConnections("stateful", 2),
  ],
  thresholds: [
    {
      name: "payload.insert.bytes",
      mode: "stream",
      expression: "max<=950",
      operator: "<=",
      expected: 950,
      actual: 911,
      unit: "bytes",
      level: "error",
      passed: true,
    },
    {
      name: "latency.insert.frame",
      mode: "stateful",
      expression: "p(99)<10",
      operator: "<",
      expected: 10,
      actual: 11.999,
      unit: "ms",
      level: "warn",
      passed: false,
    },
  ],
  generator: {
    processes: [healthy],
    believable: true,
    reasons: [],
  },
};

/** A run in which a fault of the server was seen, and one that a terminal must not obey. */
export const failedResult: RunResult = {
  ...passedResult,
  verdict: "failed",
  exitCode: 98,
  checks: {
    made: 3228,
    failed: 1202,
    kinds: {
      ...passedResult.checks.kinds,
      "user-vs-oracle": {
        made: 2400,
        failed: 1200,
        modes: { stream: { made: 1200, failed: 1200 }, stateful: { made: 1200, failed: 0 } },
      },
      delivery: {
        made: 404,
        failed: 2,
        modes: { stream: { made: 202, failed: 2 }, stateful: { made: 202, failed: 0 } },
      },
    },
    failures: [
      {
        kind: "user-vs-oracle",
        mode: "stream",
        step: "2 delete",
        who: "user 1",
        expected: "messages-58",
        actual: "messages-57",
        item: "messages-57",
        index: 47,
        message:
          "user 1 against the database: messages-57 at index 47 should not be there: " +
          "message 57 is not in the database (deleted, or never stored)",
        around: [
          { index: 45, expected: 'messages-55 · "five" · "ada"', actual: 'messages-55 · "five" · "ada"' },
          { index: 46, expected: 'messages-56 · "six" · "ada"', actual: 'messages-56 · "six" · "ada"' },
          {
            index: 47,
            expected: 'messages-58 · "eight, and more than fits into a column" · "ada"',
            actual: 'messages-57 · "\u001b[31mseven" · "ada"',
          },
          {
            index: 48,
            expected: null,
            actual: 'messages-58 · "eight, and more than fits into a column" · "ada"',
          },
        ],
        noFrame:
          "messages-57 was there before, and none of the 3 frames took it away since the check at 2026-01-02T03:04:25.678Z",
        replay: "quickstart-2026-01-02T03-04-05Z/frames.json",
      },
      {
        kind: "user-vs-oracle",
        mode: "stream",
        step: "2 delete",
        who: "user 2",
        expected: `"${"a long text ".repeat(12)}"`,
        actual: `"\u001b[31m${"x".repeat(120)}\u202e"`,
        item: "messages-57",
        index: 47,
        message: "user 2 against the database: different text in field content of messages-57 at index 47",
        frame: {
          number: 2,
          of: 3,
          receivedAt: "2026-01-02T03:04:26.789Z",
          event: "diff",
          operation: "update",
          text: '…{"0":{"k":{"0":{"0":" id=\\"messages-57\\"","1":"\u001b[31mxxx"}}}}…',
        },
        screenshot: "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.png",
        dom: "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.html",
      },
      {
        kind: "delivery",
        mode: "stream",
        step: "1 insert",
        who: "Chrome 2",
        expected: "once",
        actual: "never",
        message: "Chrome 2: insert 17 arrived never, expected once",
      },
    ],
  },
};

/** A run that was ended by a signal while its first mode ran: most figures were never taken. */
export const interruptedResult: RunResult = {
  ...passedResult,
  verdict: "interrupted",
  exitCode: 105,
  endedBy: "Interrupted by SIGINT during stream, step 1 insert.",
  durationMs: 3200,
  environment: {
    node: "24.21.0",
    platform: "linux-x64",
    cpus: 2,
    memoryBytes: 8_343_000_000,
    benchVersion: "0.1.0",
  },
  checks: { made: 0, failed: 0, kinds: {}, failures: [] },
  metrics: [payload("stream", "join", 7154)],
  thresholds: [
    {
      name: "payload.insert.bytes",
      mode: "stream",
      expression: "max<=950",
      operator: "<=",
      expected: 950,
      actual: null,
      unit: null,
      level: "error",
      passed: false,
      explanation: "no sample was taken",
    },
  ],
  generator: {
    processes: [
      { ...healthy, loopDelayUs: null, cpuPercent: 0, gcPercent: 0, longestGcUs: 0, madeStarts: 0 },
    ],
    believable: true,
    reasons: [],
  },
};

/** A run whose harness was the bottleneck, in the five modes without live components. */
export const voidResult: RunResult = {
  ...passedResult,
  verdict: "void",
  exitCode: 97,
  configuration: {
    ...passedResult.configuration,
    modes: ["resend", "stateful", "keyed", "append", "stream"],
    target: "http://localhost:4000/rooms/1",
    browsers: 1,
  },
  metrics: [...passedResult.metrics, memory("resend", 1_234_567, 80_000), memory("keyed", 96_300, 900)],
  generator: {
    processes: [healthy, { ...healthy, cpuPercent: 99.2, gcPercent: 4.26, lateStarts: 3, maxLateUs: 81_300 }],
    believable: false,
    reasons: ["Generator process 2 of 2 used 99 % of a core (limit 95 %): use fewer users or a lower rate."],
  },
};

/** A run that measures cases, in three modes of which one leaves elements behind, and one is of a later version. */
export const casesResult: RunResult = {
  ...passedResult,
  scenario: "ways",
  configuration: {
    ...passedResult.configuration,
    modes: ["append", "stream", "portal"],
    steps: [
      { kind: "insert", ratePerSec: 10, durationMs: 1000 },
      {
        kind: "update",
        ratePerSec: 1,
        durationMs: 1000,
        target: "newest",
        case: { name: "first", title: "edit the newest" },
      },
      {
        kind: "update",
        ratePerSec: 1,
        durationMs: 1000,
        target: "same",
        case: { name: "again", title: "edit it again" },
      },
      { kind: "scrollback", pages: 1, case: { name: "page", title: "a page of history" } },
    ],
  },
  metrics: [
    payload("append", "insert", 454, 460),
    payload("append", "update", 123, 194),
    measuredCase("append", "update", "first", 194, 417),
    measuredCase("append", "update", "again", 123),
    measuredCase("append", "prepend", "page", 4354),
    hidden("append", 2),
    payload("stream", "insert", 910),
    payload("stream", "update", 926),
    measuredCase("stream", "update", "first", 926, 920),
    measuredCase("stream", "update", "again", 926),
    hidden("stream", 0),
  ],
};

const held = { outcome: "held" } as const;
const leftOut = (reason: string) => ({ outcome: "left-out", reason }) as const;

/** A run of cases: one failed, some were left out, one mode was not reached for the last one. Invented, too. */
export const streamCasesResult: RunResult = {
  ...passedResult,
  scenario: "stream-cases",
  verdict: "failed",
  exitCode: 98,
  configuration: {
    template: "the page of cases of the reference server",
    modes: ["resend", "stateful", "keyed", "append", "stream"],
    users: 1,
    browsers: 1,
    steps: [],
  },
  environment: { ...passedResult.environment, liveViewClientVersion: "1.2.10" },
  checks: { made: 14, failed: 2, kinds: {}, failures: [] },
  cases: [
    {
      id: "1",
      name: "an insert of a new id at -1 comes last",
      modes: { resend: held, stateful: held, keyed: held, append: held, stream: held },
    },
    {
      id: "7",
      name: "a delete and an insert of one id in one render move it",
      source: "3198, 0.20.4",
      modes: {
        resend: held,
        stateful: held,
        keyed: held,
        append: leftOut("nothing can be taken out of its container"),
        stream: {
          outcome: "failed",
          differences: [
            {
              who: "Chrome",
              step: "step 2: delete c, insert c=C at 0",
              what: "the list",
              expected: ["c=C", "b", "a"],
              actual: ["b", "a"],
            },
            {
              who: "user",
              step: "start",
              what: "the list",
              expected: ["a", "b", "c"],
              actual: [],
            },
          ],
        },
      },
    },
    {
      id: "11-meanwhile",
      name: "an item that came between the page and its join, and is told again, is there once",
      modes: {
        resend: held,
        stateful: leftOut("the page does not offer meanwhile"),
        keyed: leftOut("the page does not offer meanwhile"),
        append: leftOut("nothing can be taken out of its container"),
      },
    },
  ],
  metrics: [],
  thresholds: [],
};
