import { BenchError } from "../core/errors.ts";
import type { CounterMetric } from "../core/metric.ts";
import type { RecordedViewer } from "../core/recording.ts";
import type { ListSelectors } from "../core/site.ts";
import type { Clock } from "../core/units.ts";
import { Divergences } from "../crowd/divergences.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import {
  type Checkpoint,
  checkAgainstFrames,
  checkTwins,
  checkViewers,
  type Explain,
  type FailureDetails,
  type Twin,
} from "../oracle/check-viewers.ts";
import { type DeliveryCounts, DeliveryLedger, type Settlement } from "../oracle/delivery-ledger.ts";
import type { Artifacts } from "./artifacts.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";
import type { Generators } from "./generators.ts";
import type { Stage } from "./stage.ts";

/** What Chromes are checked with. */
export interface ChromeCheckOptions {
  readonly stage: Stage;
  readonly generators: Generators;
  readonly recorder: RunRecorder;
  readonly clock: Clock;
  readonly artifacts: Artifacts;
  /** Where the list is on the page. */
  readonly list: ListSelectors;
}

/** The Chromes of a mode, checked again and again: what they got, and what they show. */
export class ChromeChecks {
  readonly #chromes: readonly ChromeViewer[];
  readonly #deliveries: DeliveryLedger;
  readonly #options: ChromeCheckOptions;
  readonly #divergences: Divergences;

  constructor(chromes: readonly ChromeViewer[], options: ChromeCheckOptions) {
    this.#chromes = chromes;
    this.#options = options;
    this.#divergences = new Divergences(options.list, (who) => this.#named(who)?.keptFrames() ?? null);
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

  /** What was kept of those that showed something wrong, since this was asked last. */
  takeRecordings(): RecordedViewer[] {
    return this.#divergences.takeRecordings();
  }

  /**
   * Checks each of them at rest: against the database, against a simulated page that was given the same frames, and against a
   * simulated user who has loaded as much.
   */
  async check(at: Checkpoint, made: Partial<Pick<Settlement, "sends" | "untold">> = {}): Promise<void> {
    const { stage, recorder } = this.#options;
    for (const [index, chrome] of this.#chromes.entries()) {
      const twin = stage.database === null ? await this.#twinOf(chrome) : undefined;
      await chrome.read(twin?.list);
      for (const sequence of await chrome.takeObservations(recorder))
        this.#deliveries.received(index, sequence);
    }
    // What a page shows says more of what went wrong than what was delivered, so it is told first.
    for (const chrome of this.#chromes) {
      const shown = await this.#mirrored(chrome, at);
      const viewer = chrome.viewer();
      const { checks } = recorder;
      if (stage.database !== null) await checkViewers(stage.database, [viewer], at, checks, this.#explain);
      if (shown !== null) await checkAgainstFrames(viewer, shown, at, checks, this.#explain);
      const twin = await this.#twinOf(chrome);
      // Where a database tells who of the two is wrong, that was told before.
      const explain = stage.database === null ? this.#explain : undefined;
      if (twin !== undefined) await checkTwins(stage.database, viewer, twin, at, checks, explain);
      chrome.startAnew();
    }
    this.#deliveries.settle({ checkpoint: at, checks: recorder.checks, ...made });
  }

  /** A simulated user in the room of a Chrome who has loaded as much; undefined where there is none. */
  async #twinOf(chrome: ChromeViewer): Promise<Twin | undefined> {
    const { cursor } = chrome.viewer();
    const found = await this.#options.generators.all("twinOf", () => cursor);
    return found.find((twin) => twin !== null);
  }

  /** What the frames of a Chrome make of a simulated page; null where it has none, or cannot take them, which is a failure. */
  async #mirrored(chrome: ChromeViewer, { mode, step }: Checkpoint) {
    const { checks } = this.#options.recorder;
    try {
      return await chrome.mirrored();
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      const who = chrome.name;
      const message = `a defect of this harness, not of the server: a simulated page cannot take what ${who} was sent: ${error.message}`;
      const what = { expected: "a page that takes the frames", actual: error.code, message };
      checks.fail({ kind: "chrome-vs-frames", mode, step, who, ...what });
      return null;
    }
  }

  /** Of a Chrome's first divergence there is a picture too. */
  readonly #explain: Explain = async (divergence) => {
    const { who } = divergence.viewer;
    const chrome = this.#divergences.isFirst(who) ? this.#named(who) : undefined;
    const details = this.#divergences.explain(divergence);
    return chrome === undefined ? details : { ...details, ...(await this.#portrait(chrome, divergence.at)) };
  };

  async #portrait(chrome: ChromeViewer, { mode }: Checkpoint): Promise<FailureDetails> {
    const { artifacts } = this.#options;
    const name = `${mode}-${chrome.name}`;
    try {
      const screenshot = artifacts.place(`${name}.png`);
      const dom = artifacts.write(`${name}.html`, await chrome.portray(screenshot.path));
      return { screenshot: screenshot.relative, dom };
    } catch (error) {
      // A page that is gone has no picture. What it showed is told all the same.
      if (!(error instanceof BenchError)) throw error;
      return {};
    }
  }

  #named(who: string): ChromeViewer | undefined {
    return this.#chromes.find(({ name }) => name === who);
  }
}
