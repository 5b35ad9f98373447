import { expect, test } from "vitest";
import type { LiveFigures } from "../../../harness/core/live-figures.ts";
import type { Step } from "../../../harness/core/step.ts";
import { parseThreshold, type Threshold } from "../../../harness/core/threshold.ts";
import { micros } from "../../../harness/core/units.ts";
import { type RecorderTransfer, RunRecorder } from "../../../harness/crowd/recorder.ts";
import { counter } from "../../../harness/measure/figures.ts";
import { RunRecord } from "../../../harness/run/run-record.ts";
import { ThresholdWatch } from "../../../harness/run/threshold-watch.ts";
import { watchStep } from "../../../harness/run/watch-step.ts";
import { passedResult } from "../../reports/sample-result.ts";
import { fakeGenerators } from "./fake-generators.ts";

const step: Step = { kind: "insert", ratePerSec: 10, durationMs: 5000 };
const [health] = passedResult.generator.processes;

/** What a process tells: so many users lost, and as many checks. */
function told(mode: string, lost: number): RecorderTransfer {
  const recorder = new RunRecorder();
  recorder.add(counter("users.lost", lost, { mode }));
  recorder.checks.pass("user-vs-oracle", mode, lost);
  return recorder.toTransfer();
}

/** A step that is looked at three times, on two processes that lose a user more each time. */
async function watched({ isWatched = false, abort = [] as readonly string[] }) {
  let lost = 0;
  const { generators, asked } = fakeGenerators(2, {
    report: (part) => {
      if (part === 0) lost += 1;
      return told("stream", part === 0 ? lost : 0);
    },
    health: (part) => ({ part, health }),
  });
  const thresholds = abort.map(
    (metric): Threshold => ({ ...parseThreshold(metric, "value<3", "error", "a test"), abortOnFail: true }),
  );
  const record = new RunRecord(2);
  record.replace("keyed", [told("keyed", 100)]);
  const thresholdWatch = new ThresholdWatch({ thresholds, modes: ["stream"] }, () =>
    record.merged().metrics(),
  );
  const shown: (LiveFigures | "over")[] = [];
  const over = Promise.withResolvers<void>();
  let looks = 0;
  await watchStep(step, over.promise, {
    ...{ mode: "stream", name: "1 insert", users: 20, browsers: 1, generators, record, thresholdWatch },
    own: new RunRecorder(),
    watch: { done: 7 },
    viewers: [{ isWatched, show: (figures) => shown.push(figures), stepOver: () => shown.push("over") }],
    keep: async () => {
      asked.push("keep");
      record.replace("stream", [told("stream", lost)]);
    },
    clock: () => micros(2_000_000 * looks),
    sleep: async () => {
      looks += 1;
      if (looks > 3) over.resolve();
    },
    signal: thresholdWatch.crossed,
  });
  return { asked, shown, record, thresholdWatch };
}

test("where nobody looks and no threshold may end the run, nobody is asked for anything", async () => {
  const { asked, shown } = await watched({});
  expect([asked, shown]).toEqual([[], ["over"]]);
});

test("who looks sees the figures of the mode and the checks of the run, and the record stays as it is", async () => {
  const { asked, shown, record } = await watched({ isWatched: true });
  const once = ['report {"anatomy":false,"deflated":false}', "health 0"];
  expect(asked).toEqual([...once, ...once, ...once]);
  expect(
    shown.map((one) => (one === "over" ? one : [one.elapsedMs, one.checks.made, one.metrics[0]?.values])),
  ).toEqual([[2000, 101, { value: 1 }], [4000, 102, { value: 2 }], [6000, 103, { value: 3 }], "over"]);
  expect(shown[0]).toMatchObject({
    mode: "stream",
    step: "1 insert",
    users: 20,
    browsers: 1,
    lastsMs: 5000,
    done: 7,
    processes: [health, health],
  });
  expect(record.merged().checks.checks().made).toBe(100);
});

test("a threshold that is crossed ends the run, with the figures that cross it in the record", async () => {
  const { asked, record, thresholdWatch } = await watched({
    abort: ["users.lost", "payload.insert.deflated.bytes"],
  });
  const once = 'report {"anatomy":false,"deflated":true}';
  expect(asked).toEqual([once, once, once, "keep"]);
  expect(thresholdWatch.crossed.aborted).toBe(true);
  expect(record.merged().metrics()).toContainEqual(counter("users.lost", 3, { mode: "stream" }));
});
