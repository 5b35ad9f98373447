import { readFileSync } from "node:fs";
import type { Page } from "puppeteer";

/** Why a reader was not where he should have been after a change of the list. */
export interface ReadingFailure {
  /** `moved`: the item that he saw first is elsewhere; `unpinned`: he was at the end, and is not after something came there. */
  readonly kind: "moved" | "unpinned";
  /** In CSS pixels: from where the item was on the screen, or from the end. */
  readonly byPx: number;
  /** The DOM id of the item that was first on the screen before. */
  readonly item: string;
}

/** What became of a reader's place on the screen as the list changed. */
export interface ReadingReport {
  /** Changes after which he was looked for, and those after which he was not where he should have been. */
  readonly made: number;
  readonly failed: number;
  /** Changes that came while he scrolled: nobody can say who moved what. */
  readonly unclear: number;
  /** The most by which an item that he saw first was moved, in CSS pixels. */
  readonly maxMovedPx: number;
  /** The first twenty. */
  readonly failures: readonly ReadingFailure[];
}

/** What of a page its reader needs. */
export interface ReadPage {
  readonly page: Pick<Page, "evaluate" | "evaluateOnNewDocument" | "mouse">;
  /** How many frames the page has sent so far. */
  readonly framesSent: () => number;
}

/** Where a list is scrolled to, and a place in it for the mouse. */
export interface ScrollPlace {
  readonly topPx: number;
  readonly rangePx: number;
  readonly firstId: string;
  readonly x: number;
  readonly y: number;
}

const IN_PAGE = readFileSync(new URL("in-page-reading.js", import.meta.url), "utf8");
/** A notch of a mouse wheel. */
const NOTCH_PX = 120;
/** How long somebody who has scrolled to the top waits for an answer to what his page sent, before he scrolls on. */
const ANSWER_MS = 500;

/**
 * The reader of a page: he scrolls back as people do, and what he has on the screen is held against what becomes of it when
 * the list changes. Who is at the end stays there when something comes; who reads history, and who loads more of it, has what
 * he saw first where it was, to a pixel.
 */
export class PageReading {
  readonly #page: ReadPage["page"];
  readonly #framesSent: () => number;

  constructor({ page, framesSent }: ReadPage) {
    this.#page = page;
    this.#framesSent = framesSent;
  }

  /** Has what a reader needs in every document that is opened from now on. */
  async begin(): Promise<void> {
    await this.#page.evaluateOnNewDocument(IN_PAGE);
  }

  /** Watches a list in every document that is opened from now on. */
  async watch(container: string): Promise<void> {
    await this.#page.evaluateOnNewDocument(`__benchReading.watch(${JSON.stringify(container)})`);
  }

  /** What was found since the last time. */
  async take(): Promise<ReadingReport> {
    return (await this.#page.evaluate("__benchReading.take()")) as ReadingReport;
  }

  /** Goes to the very top at once, as by the key Home. */
  async jump(container: string): Promise<void> {
    await this.#page.evaluate(`__benchReading.jumpToTop(${JSON.stringify(container)})`);
  }

  /**
   * Turns the mouse wheel, notch by notch, until the top is reached or older items have come in. Whenever the page sends
   * something, he waits for what comes of it. Where he is at the top already he first turns down a notch.
   *
   * @param look where the list is scrolled to after the next frame
   */
  async turnUp(container: string, look: () => Promise<ScrollPlace>): Promise<void> {
    const { mouse } = this.#page;
    const start = await look();
    await mouse.move(start.x, start.y);
    let sent = this.#framesSent();
    const turn = async (deltaY: number) => {
      await mouse.wheel({ deltaY });
      return look();
    };
    let place = start.topPx <= 0 ? await turn(NOTCH_PX) : start;
    const notches = Math.ceil(place.rangePx / NOTCH_PX) + 5;
    for (let turned = 0; turned < notches && place.topPx > 0; turned += 1) {
      place = await turn(-NOTCH_PX);
      const hasSent = this.#framesSent() > sent;
      sent = this.#framesSent();
      if (place.firstId !== start.firstId || (hasSent && (await this.#untilOlder(container, start.firstId))))
        return;
    }
  }

  #untilOlder(container: string, firstId: string): Promise<boolean> {
    const args = `${JSON.stringify(container)}, ${JSON.stringify(firstId)}, ${ANSWER_MS}`;
    return this.#page.evaluate(`__benchReading.untilOlder(${args})`) as Promise<boolean>;
  }
}
