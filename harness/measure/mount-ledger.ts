import type { Metric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { bytes, type Micros } from "../core/units.ts";
import { ByteLedger } from "./byte-ledger.ts";
import { counter } from "./figures.ts";
import { LatencyRecorder } from "./latency-recorder.ts";

/** One answer to a request for a page. */
export interface MountSample {
  /** From when it was due. */
  readonly latencyUs: Micros;
  /** From when it was sent; null where that is when it was due. */
  readonly fromSendUs: Micros | null;
  readonly bytes: number;
  readonly status: number;
}

/**
 * Counts the pages that one mode served over HTTP. An answer of another status than 2xx is an error, and so is none; both
 * have no latency and no bytes, since a page that was refused is quick and small.
 */
export class MountLedger {
  readonly #mode: string;
  readonly #latency = new LatencyRecorder();
  readonly #fromSend = new LatencyRecorder();
  readonly #bytes = new ByteLedger(() => METRIC_NAMES.mountBytes);
  #answered = 0;
  #errors = 0;

  constructor(mode: string) {
    this.#mode = mode;
  }

  /** Takes an answer. */
  record(mount: MountSample): void {
    this.#answered += 1;
    if (mount.status < 200 || mount.status > 299) {
      this.#errors += 1;
      return;
    }
    this.#latency.record(mount.latencyUs);
    if (mount.fromSendUs !== null) this.#fromSend.record(mount.fromSendUs);
    this.#bytes.record(this.#mode, "mount", bytes(mount.bytes));
  }

  /** Takes a request that got no answer. */
  failed(): void {
    this.#errors += 1;
  }

  /** What was counted in so long a time. */
  metrics(durationMs: number): Metric[] {
    const labels = { mode: this.#mode, operation: "mount" };
    return [
      this.#latency.metric(METRIC_NAMES.mountLatency, labels),
      this.#fromSend.metric(METRIC_NAMES.mountLatencyUncorrected, labels),
      ...this.#bytes.metrics(),
      counter(METRIC_NAMES.mountRequests, this.#answered, labels, durationMs),
      counter(METRIC_NAMES.mountErrors, this.#errors, labels),
    ].filter((metric) => metric !== undefined);
  }
}
