import { messageOf } from "../core/errors.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { roomPath } from "../core/site.ts";
import type { Step } from "../core/step.ts";
import { bytes } from "../core/units.ts";
import { roomIdAt } from "../crowd/rooms.ts";
import type { Mount } from "../http/mount.ts";
import { mountAtDueTime } from "../http/mount-at-due-time.ts";
import { loadMounts } from "../http/mount-load.ts";
import { runArrivals } from "../load/arrival-executor.ts";
import { constantArrivalRate } from "../load/pacer.ts";
import { ByteLedger } from "../measure/byte-ledger.ts";
import { counter } from "../measure/figures.ts";
import { LatencyRecorder } from "../measure/latency-recorder.ts";
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
  const measured = new MountRecorder(mode);
  const failures = new ProblemCount((message) => progress.say(`${mode}: ${message}`));
  const onMount = (mount: Mount): void => {
    measured.take(mount);
    watch.advance();
    if (mount.status >= 400) failures.add(`${url} answered ${mount.status}`);
  };
  const onError = (error: unknown): void => failures.add(messageOf(error));
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
  recorder.add(
    ...measured.metrics((clock() - beganUs) / 1000),
    counter(METRIC_NAMES.httpMountErrors, failures.count, { mode }),
  );
}

/** Measures the answers of a mode. */
class MountRecorder {
  readonly #mode: string;
  readonly #latency = new LatencyRecorder();
  readonly #bytes = new ByteLedger(() => METRIC_NAMES.httpMountBytes);
  #count = 0;

  constructor(mode: string) {
    this.#mode = mode;
  }

  take({ latencyUs, bytes: size, status }: Mount): void {
    this.#count += 1;
    this.#latency.record(latencyUs);
    // A page that is none has no size to be compared.
    if (status < 300) this.#bytes.record(this.#mode, "mount", bytes(size));
  }

  metrics(overMs: number) {
    const mode = { mode: this.#mode };
    return [
      counter(METRIC_NAMES.httpMountRequests, this.#count, mode, overMs),
      this.#latency.metric(METRIC_NAMES.httpMountLatency, mode),
      ...this.#bytes.metrics(),
    ];
  }
}
