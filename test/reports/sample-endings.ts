import type { RunResult } from "../../harness/core/run-result.ts";
import { healthy, memory, payload } from "./sample-figures.ts";
import { passedResult } from "./sample-result.ts";

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
