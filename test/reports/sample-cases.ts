import type { RunResult } from "../../harness/core/run-result.ts";
import { hidden, measuredCase, payload } from "./sample-figures.ts";
import { passedResult } from "./sample-result.ts";

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
