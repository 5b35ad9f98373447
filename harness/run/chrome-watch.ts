import type { ReadingFailure, ReadingReport } from "../browser/page-reading.ts";
import type { PageSize } from "../browser/page-vitals.ts";
import type { Metric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { counter, gauge } from "../measure/figures.ts";
import type { Checkpoint } from "../oracle/check-viewers.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";

/** What became of one Chrome since everybody had joined. */
interface Watched {
  readonly chrome: ChromeViewer;
  start: PageSize | null;
  now: PageSize | null;
  longTasks: number;
  longestUs: number;
  layoutShift: number;
  maxMovedPx: number;
  unclear: number;
}

/** Watches the Chromes of a mode beside their lists: whether their readers stay where they are, and how the pages fare. */
export class ChromeWatch {
  readonly #watched: readonly Watched[];
  readonly #recorder: Pick<RunRecorder, "checks">;

  constructor(chromes: readonly ChromeViewer[], recorder: Pick<RunRecorder, "checks">) {
    this.#recorder = recorder;
    this.#watched = chromes.map((chrome) => ({
      chrome,
      start: null,
      now: null,
      longTasks: 0,
      longestUs: 0,
      layoutShift: 0,
      maxMovedPx: 0,
      unclear: 0,
    }));
  }

  /** Takes what a step did to the pages, before they are looked at: what that costs them is not the step's. */
  async endStep(at: Checkpoint): Promise<void> {
    for (const watched of this.#watched) {
      const { page, name } = watched.chrome;
      const report = await page.reading.take();
      const strain = await page.vitals.takeStrain();
      // While it was being opened nobody read it.
      if (watched.start === null) continue;
      this.#checkReading(name, report, at);
      watched.maxMovedPx = Math.max(watched.maxMovedPx, report.maxMovedPx);
      watched.unclear += report.unclear;
      watched.longTasks += strain.longTasks;
      watched.longestUs = Math.max(watched.longestUs, strain.longestUs);
      watched.layoutShift += strain.layoutShift;
    }
  }

  /** Reads what the pages hold, once they have been looked at. */
  async measure(): Promise<void> {
    for (const watched of this.#watched) {
      const { vitals } = watched.chrome.page;
      watched.now = await vitals.size();
      watched.start ??= watched.now;
      await vitals.takeStrain();
    }
  }

  /** What was measured, as metrics of a mode; none where no Chrome takes part. */
  metrics(mode: string): Metric[] {
    const sizes = this.#watched.flatMap(({ start, now }) => (start && now ? [{ start, now }] : []));
    if (sizes.length === 0) return [];
    const most = (of: (watched: Watched) => number) => Math.max(...this.#watched.map(of));
    const mostOf = (what: keyof PageSize) => Math.max(...sizes.map(({ now }) => now[what]));
    const growthOf = (what: keyof PageSize) =>
      Math.max(...sizes.map(({ start, now }) => now[what] - start[what]));
    return [
      gauge(METRIC_NAMES.chromeHeap, "bytes", mostOf("heapBytes"), { mode }),
      gauge(METRIC_NAMES.chromeHeapGrowth, "bytes", growthOf("heapBytes"), { mode }),
      gauge(METRIC_NAMES.chromeNodes, "count", mostOf("nodes"), { mode }),
      gauge(METRIC_NAMES.chromeNodesGrowth, "count", growthOf("nodes"), { mode }),
      counter(METRIC_NAMES.chromeLongTasks, sum(this.#watched.map(({ longTasks }) => longTasks)), { mode }),
      gauge(
        METRIC_NAMES.chromeLongestTask,
        "us",
        most(({ longestUs }) => longestUs),
        { mode },
      ),
      gauge(
        METRIC_NAMES.chromeLayoutShift,
        "count",
        most(({ layoutShift }) => layoutShift),
        { mode },
      ),
      gauge(
        METRIC_NAMES.chromeMoved,
        "count",
        most(({ maxMovedPx }) => maxMovedPx),
        { mode },
      ),
      counter(METRIC_NAMES.chromeUnclear, sum(this.#watched.map(({ unclear }) => unclear)), { mode }),
    ];
  }

  #checkReading(who: string, { made, failed, failures }: ReadingReport, { mode, step }: Checkpoint): void {
    const { checks } = this.#recorder;
    if (made > failed) checks.pass("scroll-position", mode, made - failed);
    for (let index = 0; index < failed; index += 1) {
      // Those that the page did not keep are like the last one that it did.
      const failure = failures[Math.min(index, failures.length - 1)];
      if (failure === undefined) continue;
      checks.fail({ kind: "scroll-position", mode, step, who, item: failure.item, ...told(who, failure) });
    }
  }
}

function told(who: string, { kind, byPx, item }: ReadingFailure) {
  const px = Number(byPx.toFixed(1));
  switch (kind) {
    case "moved":
      return {
        expected: `${item} where it was`,
        actual: `${px} px away`,
        message: `${who}: ${item}, which was first on the screen, was moved by ${px} px when the list changed`,
      };
    case "unpinned":
      return {
        expected: "the end of the list",
        actual: `${px} px above it`,
        message: `${who}: the reader was at the end of the list, and is ${px} px above it after something came there`,
      };
    default:
      return kind satisfies never;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
