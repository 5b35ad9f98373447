import { describe, expect, test } from "vitest";
import type { RunResult } from "../../harness/core/run-result.ts";
import { forTimes, streamsOrNot } from "../../reports/streams-or-not.ts";
import { sizes } from "../harness/gate/runs.ts";
import { casesResult } from "./sample-cases.ts";
import { voidResult } from "./sample-endings.ts";
import { failedResult } from "./sample-failure.ts";
import { passedResult } from "./sample-result.ts";

const told = (result: RunResult) => streamsOrNot(result).map(({ label, text }) => `${label}: ${text}`);

test("each operation is told of the mode that sends less for it, and memory of both", () => {
  expect(told(passedResult)).toEqual([
    "stream sends less: delete: 102, not 1,146; prepend: 4,899, not 7,637",
    "stateful sends less: join: 6,650, not 7,157; insert: 841, not 908; update: 196, not 926",
    "memory, a connection: stream 15.4 KB, stateful 96.2 KB",
  ]);
});

test("where sizes do not differ that is told, and memory alone where nobody read it is not", () => {
  const metrics = ["stream", "stateful"].map((mode) => ({
    ...sizes("payload.reply.bytes", mode, [102]),
    operation: "reply",
  }));
  expect(told({ ...passedResult, metrics })).toEqual(["both send the same: reply, nothing changed"]);
});

test("cases are told by their titles and their most frequent sizes", () => {
  const metrics = casesResult.metrics.map((metric) =>
    metric.mode === "append" ? { ...metric, mode: "stateful" } : metric,
  );
  const configuration = { ...casesResult.configuration, modes: ["stateful", "stream"] };
  expect(told({ ...casesResult, metrics, configuration })).toEqual([
    "stateful sends less: edit the newest: 194, not 926; edit it again: 123, not 926",
  ]);
});

describe("nothing is said", () => {
  test.each([
    ["of a run that failed checks", failedResult],
    ["of a void run", voidResult],
    [
      "of a run without a stream",
      { ...passedResult, configuration: { ...passedResult.configuration, modes: ["stateful", "keyed"] } },
    ],
  ])("%s", (_, result) => {
    expect(told(result)).toEqual([]);
  });
});

test("where times were measured it says how to compare them, on a server of its own", () => {
  expect(forTimes(passedResult)).toBe(
    "Times of one run do not tell: bench compare quickstart --mode stream,stateful",
  );
  const target = "http://127.0.0.1:4000";
  expect(forTimes({ ...passedResult, configuration: { ...passedResult.configuration, target } })).toBeNull();
  expect(forTimes({ ...passedResult, metrics: [] })).toBeNull();
});
