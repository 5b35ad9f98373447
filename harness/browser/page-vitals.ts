import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "puppeteer";
import { type Micros, microsFromMs } from "../core/units.ts";

/** How a page fared since it was asked last. */
export interface PageStrain {
  /** Tasks that kept its main thread for 50 ms or more (Long Tasks), and the longest of them. */
  readonly longTasks: number;
  readonly longestUs: Micros;
  /** The sum of its layout shifts that no input explains (Layout Instability): each the share of the window times how far. */
  readonly layoutShift: number;
}

/** What a page holds, once its garbage was collected. */
export interface PageSize {
  /** Of its JavaScript heap. */
  readonly heapBytes: number;
  /** DOM nodes in its process, those that are in no document included. */
  readonly nodes: number;
}

const IN_PAGE = readFileSync(new URL("in-page-vitals.js", import.meta.url), "utf8");

/** How a page fares, as Chrome tells it. */
export class PageVitals {
  readonly #page: Pick<Page, "evaluate">;
  readonly #cdp: Pick<CDPSession, "send">;

  private constructor(page: Pick<Page, "evaluate">, cdp: Pick<CDPSession, "send">) {
    this.#page = page;
    this.#cdp = cdp;
  }

  /** Watches every document that is opened in a page from now on. */
  static async watch(page: Page): Promise<PageVitals> {
    await page.evaluateOnNewDocument(IN_PAGE);
    const cdp = await page.createCDPSession();
    await cdp.send("Performance.enable");
    return new PageVitals(page, cdp);
  }

  /** What the page went through since the last time, or since it was opened. */
  async takeStrain(): Promise<PageStrain> {
    const { longTasks, longestMs, layoutShift } = (await this.#page.evaluate("__benchVitals.take()")) as {
      readonly longTasks: number;
      readonly longestMs: number;
      readonly layoutShift: number;
    };
    return { longTasks, longestUs: microsFromMs(longestMs), layoutShift };
  }

  /** Collects the page's garbage, and reads what is left. */
  async size(): Promise<PageSize> {
    await this.#cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.#cdp.send("Performance.getMetrics");
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { heapBytes: value("JSHeapUsedSize"), nodes: value("Nodes") };
  }
}
