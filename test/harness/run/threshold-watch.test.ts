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
const none: Threshold = parseThreshold("delivery.lost", "value==0", "error", "a test");
const aborting: Threshold = { ...none, abortOnFail: true };

/** Figures that change as they are gathered, one after the other, and the turns of a clock that are waited for. */
function watchOf(threshold: Threshold, figures: readonly Metric[][]) {
  let metrics: readonly Metric[] = [];
  const ahead = [...figures];
  const watch = new ThresholdWatch({ thresholds: [threshold], modes: ["stream"] }, () => metrics);
  const gather = async () => {
    metrics = ahead.shift() ?? metrics;
  };
  return { watch, gather, ahead };
}

const waiting = { sleep: async () => {}, signal: new AbortController().signal };

test("the first figures that cross it end the run, and say so", async () => {
  const { watch, gather } = watchOf(aborting, [[], [lost(0)], [lost(3)]]);
  const crossed = new Promise<void>((resolve) => watch.crossed.addEventListener("abort", () => resolve()));
  await watch.during(crossed, gather, waiting);
  expect(watch.crossed.reason).toMatchObject({
    code: "threshold-crossed",
    exitCode: 99,
    message:
      "the threshold delivery.lost{mode:stream} value==0 was crossed, at 3, and ends the run (abortOnFail)",
  });
});

test("where none may end the run, nothing is gathered and nothing ended", async () => {
  const { watch, gather, ahead } = watchOf(none, [[lost(3)]]);
  await watch.during(Promise.resolve(), gather, waiting);
  watch.look();
  expect([watch.crossed.aborted, ahead.length]).toEqual([false, 1]);
});

test("a step that fails is what is told, and figures that cannot be gathered are", async () => {
  const { watch, gather } = watchOf(aborting, []);
  await expect(watch.during(Promise.reject(new Error("the step failed")), gather, waiting)).rejects.toThrow(
    "the step failed",
  );
  const dead = () => Promise.reject(new Error("a process died"));
  await expect(watch.during(new Promise(() => {}), dead, waiting)).rejects.toThrow("a process died");
});
