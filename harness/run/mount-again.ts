import { messageOf } from "../core/errors.ts";
import { roomPath } from "../core/site.ts";
import type { Step } from "../core/step.ts";
import { roomIdAt } from "../crowd/rooms.ts";
import type { Mount } from "../http/mount.ts";
import { mountAtDueTime } from "../http/mount-at-due-time.ts";
import { loadMounts } from "../http/mount-load.ts";
import { runArrivals } from "../load/arrival-executor.ts";
import { constantArrivalRate } from "../load/pacer.ts";
import { MountLedger } from "../measure/mount-ledger.ts";
import type { TogetherOptions } from "./perform-together.ts";
import { ProblemCount } from "./problem-count.ts";

/** A step in which the page is fetched over HTTP. */
export type MountStep = Extract<Step, { kind: "mount" }>;

/** Fetches the page of the first room again and again, as users who are logged in, and measures the answers. */
export async function mountAgain(step: MountStep, options: TogetherOptions): Promise<void> {
  const { scenario, mode, stage, generators, progress, recorder, watch, clock, sleep, signal } = options;
  const { connections, durationMs, ratePerSec } = step;
  const url = new URL(roomPath(scenario.site, mode, roomIdAt(scenario.rooms, 0)), stage.origin).href;
  const cookies = (await generators.all("cookieHeaders", () => null)).flat();
  const measured = new MountLedger(mode);
  const problems = new ProblemCount((message) => progress.say(`${mode}: ${message}`));
  const onMount = (mount: Mount): void => {
    measured.record(mount);
    watch.advance();
    if (mount.status >= 300) problems.add(`${url} answered ${mount.status}`);
  };
  const onError = (error: unknown): void => {
    measured.failed();
    problems.add(messageOf(error));
  };
  const beganUs = clock();
  if (ratePerSec === undefined) {
    await loadMounts({ url, connections, cookies, durationMs, clock, onMount, onError, signal });
  } else {
    const mounts = mountAtDueTime({ url, cookies, clock, onMount });
    try {
      const pacer = constantArrivalRate({ ratePerSec, durationMs });
      await runArrivals({
        pacer,
        clock,
        sleep,
        signal,
        start: mounts.start,
        onFailure: onError,
        maxInFlight: connections,
      });
    } finally {
      mounts.close();
    }
  }
  signal.throwIfAborted();
  recorder.add(...measured.metrics((clock() - beganUs) / 1000));
}
