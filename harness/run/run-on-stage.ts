import { realClock, realSleep } from "../core/real-time.ts";
import { micros } from "../core/units.ts";
import { type ModeRunOptions, runMode } from "./mode-run.ts";
import type { RunPlan } from "./plan.ts";
import type { Stages } from "./stages.ts";

/** How long a mode that was called off may take to let go of what it holds. */
const LET_GO_US = micros(3_000_000);

/** What a mode is run with beyond its plan and its stage. */
type RunWith = Omit<ModeRunOptions, "scenario" | "mode" | "stage" | "limitPerSec" | "clock" | "sleep">;

/**
 * Runs a mode on its stage, which is closed afterwards. Ends early, and rejects with the reason, where the run is called off, the
 * server dies, or a threshold is crossed that ends the run.
 */
export async function runOnStage(
  mode: string,
  { scenario, limitPerSec }: RunPlan,
  stages: Stages,
  run: RunWith,
): Promise<void> {
  run.progress.update(`${mode}: starting`);
  const stage = await stages.take(mode);
  try {
    const signal = AbortSignal.any([run.signal, stage.death, run.thresholdWatch.crossed]);
    const given = { scenario, mode, stage, limitPerSec, signal, clock: realClock, sleep: realSleep };
    await orAborted(runMode({ ...run, ...given }), signal);
  } finally {
    await stage.close();
  }
}

/** Waits for a mode, but not beyond an abort: then it has a moment to let go of what it holds. */
async function orAborted(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.race([running, aborted.promise]);
  } catch (error) {
    if (!signal.aborted) throw error;
    // A timer that nobody waits for any more would keep the process.
    const over = new AbortController();
    await Promise.race([running.catch(() => {}), realSleep(LET_GO_US, over.signal)]);
    over.abort();
    throw signal.reason;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
