import type { LiveFigures } from "../core/live-figures.ts";
import { lastsMs, type Step } from "../core/step.ts";
import { type Clock, type Micros, micros, msFromMicros } from "../core/units.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import type { CrowdWatch } from "./crowd-watch.ts";
import type { Generators } from "./generators.ts";
import type { LiveViewer } from "./live-viewer.ts";
import { lookDuring } from "./look-during.ts";
import type { RunRecord } from "./run-record.ts";
import type { ThresholdWatch } from "./threshold-watch.ts";

/** What a step is watched with. */
export interface StepWatchOptions {
  readonly mode: string;
  /** What the step is called. */
  readonly name: string;
  readonly users: number;
  readonly browsers: number;
  readonly generators: Generators;
  /** What this process sees by itself. */
  readonly own: RunRecorder;
  readonly record: RunRecord;
  readonly watch: Pick<CrowdWatch, "done">;
  readonly viewers: readonly LiveViewer[];
  readonly thresholdWatch: ThresholdWatch;
  /** Puts all that was measured so far into the record. */
  readonly keep: () => Promise<void>;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** How often figures are brought up to date while somebody watches them, or a threshold may end the run. */
const LOOKS_EVERY_US = micros(1_000_000);

/**
 * Waits for a step that is performed. Each second in which somebody watches, or a threshold may end the run, the
 * generator processes are asked for their figures, and for no more than is shown or judged; the record is left as it is, but where
 * a threshold is crossed.
 */
export async function watchStep(
  step: Step,
  performing: Promise<void>,
  options: StepWatchOptions,
): Promise<void> {
  const { mode, generators, own, record, watch, viewers, thresholdWatch, keep, clock, sleep, signal } =
    options;
  const startUs = clock();
  const look = async () => {
    const watching = viewers.filter(({ isWatched }) => isWatched);
    if (watching.length === 0 && !thresholdWatch.isNeeded) return;
    const order = { anatomy: false, deflated: thresholdWatch.needsDeflated };
    const transfers = await generators.all("report", () => order);
    const recorder = record.glance(mode, [own.toTransfer(order), ...transfers]);
    const metrics = recorder.metrics();
    if (thresholdWatch.isCrossedBy(metrics)) {
      await keep();
      thresholdWatch.look();
    }
    if (watching.length === 0) return;
    for (const { part, health } of await generators.all("health", (part) => part)) record.fared(part, health);
    const figures: LiveFigures = {
      mode,
      step: options.name,
      users: options.users,
      browsers: options.browsers,
      elapsedMs: msFromMicros(micros(clock() - startUs)),
      lastsMs: lastsMs(step),
      done: watch.done,
      metrics,
      checks: recorder.checks.checks(),
      processes: [...record.health],
    };
    for (const viewer of watching) viewer.show(figures);
  };
  await lookDuring(performing, look, { everyUs: LOOKS_EVERY_US, sleep, signal });
  for (const viewer of viewers) viewer.stepOver();
}
