import { expect, test } from "vitest";
import type { Metric } from "../../../harness/core/metric.ts";
import { parseThreshold, type Threshold } from "../../../harness/core/threshold.ts";
import { ThresholdWatch } from "../../../harness/run/threshold-watch.ts";

const lost = (value: number): Metric => ({
  name: "delivery.lost",
  mode: "stream",
  unit: "count",
  kind: "counter",
  values: { value },
});
const ending: Threshold = parseThreshold("delivery.lost", "value==0", "error", "a test");
const aborting: Threshold = { ...ending, abortOnFail: true };

/** Looks at figures, one after the other; gives after each whether the run was ended. */
function looksAt(threshold: Threshold, figures: readonly Metric[][]) {
  let metrics: readonly Metric[] = [];
  const watch = new ThresholdWatch({ thresholds: [threshold], modes: ["stream"] }, () => metrics);
  const ended = figures.map((next) => {
    metrics = next;
    watch.look();
    return watch.crossed.aborted;
  });
  return { watch, ended };
}

test("the first figures that cross it end the run, and say so; without a sample it is not crossed", () => {
  const { watch, ended } = looksAt(aborting, [[], [lost(0)], [lost(3)], [lost(4)]]);
  expect(ended).toEqual([false, false, true, true]);
  expect(watch.crossed.reason).toMatchObject({
    code: "threshold-crossed",
    exitCode: 99,
    message:
      "the threshold delivery.lost{mode:stream} value==0 was crossed, at 3, and ends the run (abortOnFail)",
  });
});

test("one that is judged at the end ends nothing before, and needs no look", () => {
  const { watch, ended } = looksAt(ending, [[lost(3)]]);
  expect([ended, watch.isNeeded]).toEqual([[false], false]);
  expect(looksAt(aborting, []).watch.isNeeded).toBe(true);
});
