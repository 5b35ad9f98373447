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

test("figures can be judged without ending the run", () => {
  const { watch } = looksAt(aborting, []);
  expect([[], [lost(0)], [lost(3)]].map((metrics) => watch.isCrossedBy(metrics))).toEqual([
    false,
    false,
    true,
  ]);
  expect(watch.crossed.aborted).toBe(false);
});

test("deflated frames are needed where one that may end the run is about them", () => {
  const about = (metric: string) => ({
    ...parseThreshold(metric, "max<=9", "error", "a test"),
    abortOnFail: true as const,
  });
  const needs = (threshold: Threshold) => looksAt(threshold, []).watch.needsDeflated;
  expect(needs(about("payload.insert.deflated.bytes"))).toBe(true);
  expect(needs(about("payload.insert.first.deflated_takeover.bytes"))).toBe(true);
  expect(needs(about("payload.insert.bytes"))).toBe(false);
  const { abortOnFail: _, ...atTheEnd } = about("payload.insert.deflated.bytes");
  expect(needs(atTheEnd)).toBe(false);
});
