import type { CounterMetric } from "../core/metric.ts";
import type { Clock } from "../core/units.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { type Checkpoint, checkTwins, checkViewers } from "../oracle/check-viewers.ts";
import { type DeliveryCounts, DeliveryLedger, type Settlement } from "../oracle/delivery-ledger.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";
import type { Generators } from "./generators.ts";
import type { Stage } from "./stage.ts";

/** What Chromes are checked with. */
export interface ChromeCheckOptions {
  readonly stage: Stage;
  readonly generators: Generators;
  readonly recorder: RunRecorder;
  readonly clock: Clock;
}

/** The Chromes of a mode, checked again and again: what they got, and what they show. */
export class ChromeChecks {
  readonly #chromes: readonly ChromeViewer[];
  readonly #deliveries: DeliveryLedger;
  readonly #options: ChromeCheckOptions;

  constructor(chromes: readonly ChromeViewer[], options: ChromeCheckOptions) {
    this.#chromes = chromes;
    this.#options = options;
    this.#deliveries = new DeliveryLedger(
      chromes.map(({ name }) => name),
      options.generators.count,
    );
    for (const [index, { roomId }] of chromes.entries())
      this.#deliveries.joined(index, roomId, options.clock());
  }

  /** The deliveries to them and to others, as metrics of a mode. */
  deliveries(others: readonly DeliveryCounts[], mode: string): CounterMetric[] {
    const all = new DeliveryLedger([]);
    for (const counts of [this.#deliveries.counts(), ...others]) all.addCounts(counts);
    return all.metrics(mode);
  }

  /** Checks each of them at rest: against the database, and against a simulated user who has loaded as much. */
  async check(at: Checkpoint, made: Partial<Pick<Settlement, "sends" | "untold">> = {}): Promise<void> {
    const { stage, generators, recorder } = this.#options;
    for (const [index, chrome] of this.#chromes.entries()) {
      await chrome.read();
      for (const sequence of await chrome.takeObservations(recorder))
        this.#deliveries.received(index, sequence);
    }
    // What a page shows says more of what went wrong than what was delivered, so it is told first.
    for (const chrome of this.#chromes) {
      const viewer = chrome.viewer();
      if (stage.database !== null) await checkViewers(stage.database, [viewer], at, recorder.checks);
      const [twin] = (await generators.all("twinOf", () => viewer.cursor)).flatMap((found) => found ?? []);
      if (twin !== undefined) await checkTwins(stage.database, viewer, twin, at, recorder.checks);
    }
    this.#deliveries.settle({ checkpoint: at, checks: recorder.checks, ...made });
  }
}
