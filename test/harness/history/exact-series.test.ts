import { describe, expect, test } from "vitest";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { exactSeries } from "../../../harness/history/exact-series.ts";
import { fixedRun, sizes, timedRun } from "../gate/runs.ts";

const NAME = "payload.insert.bytes";

/** With which runs it changed, of which each has these sizes; undefined for a run without the metric. */
function changedAt(
  make: (metrics: []) => RunResult,
  all: readonly (readonly number[] | undefined)[],
  name = NAME,
): readonly number[] | null {
  const metrics = all.map((one) => (one === undefined ? undefined : sizes(name, "stream", one)));
  return exactSeries(
    all.map(() => make([])),
    metrics,
  ).changedAt;
}

describe("where bytes are fixed, any other size is a change:", () => {
  test.each([
    ["none", [[5], [5], [5]], []],
    ["a byte more, with the last run", [[5], [5], [6]], [2]],
    ["each time", [[5], [6], [5]], [1, 2]],
    [
      "the same sum of other sizes",
      [
        [5, 7],
        [6, 6],
      ],
      [1],
    ],
    ["one sample more", [[5], [5, 5]], [1]],
    ["a single run", [[5]], []],
  ])("%s", (_, all, expected) => {
    expect(changedAt(fixedRun, all)).toEqual(expected);
  });

  test("runs without the metric are left out", () => {
    const metrics = [sizes(NAME, "stream", [5]), undefined, sizes(NAME, "stream", [6])];
    expect(
      exactSeries(
        metrics.map(() => fixedRun([])),
        metrics,
      ),
    ).toEqual({ runs: [0, 2], means: [5, 6], changedAt: [1] });
  });
});

describe("where nobody promises that, it has to be shown that sizes repeat:", () => {
  test.each([
    [
      "they do, and change",
      [
        [5, 7],
        [5, 7],
        [5, 7],
        [6, 7],
      ],
      [3],
    ],
    ["however many samples of one size there are", [[5], [5, 5], [5, 5, 5], [6]], [3]],
    [
      "three alike are nowhere",
      [
        [5, 7],
        [5, 7],
        [6, 7],
        [6, 7],
      ],
      null,
    ],
    [
      "they come and go",
      [
        [5, 7],
        [5, 7],
        [5, 7],
        [6, 7],
        [5, 7],
        [5, 7],
        [5, 7],
      ],
      null,
    ],
    ["a change that was taken back", [[5], [5], [5], [6], [6], [6], [5]], [3, 6]],
    ["a single run", [[5]], null],
  ])("%s", (_, all, expected) => {
    expect(changedAt(timedRun, all)).toEqual(expected);
  });

  test("deflated sizes are not taken for exact: they agree by chance", () => {
    expect(changedAt(timedRun, [[5], [5], [5], [6]], "payload.insert.deflated.bytes")).toBe(null);
  });
});
