import type { Diff } from "./diff.ts";
import { type DiffPattern, patternOf } from "./diff-pattern.ts";
import type { Interner } from "./intern.ts";
import type { AsciiPayload } from "./payload-skeleton.ts";

/** As many as there are kinds of frames that come often: all of them may be tried. */
const PLACES = 8;
/** How many patterns are made before one has been of use, and how many more for each time that one was. */
const FIRST_TRIES = 32;
const EARNED = 1 / 16;

/** The patterns of late, the ones that were of use first. */
export class RecentPatterns {
  readonly #interner: Interner;
  readonly #patterns: DiffPattern[] = [];
  /** Making a pattern costs as much as several payloads: it must not be done for frames that have none in common. */
  #tries = FIRST_TRIES;

  constructor(interner: Interner) {
    this.#interner = interner;
  }

  /**
   * What a payload says, if it follows one of the patterns.
   *
   * @param ascii as for {@link DiffPattern}. Default: null
   */
  read(payloadText: string, ascii: AsciiPayload | null = null): Diff | null {
    for (let at = 0; at < this.#patterns.length; at++) {
      const pattern = this.#patterns[at] as DiffPattern;
      const diff = pattern.read(payloadText, ascii);
      if (diff === null) continue;
      this.#tries = Math.min(FIRST_TRIES, this.#tries + EARNED);
      if (at > 0) {
        this.#patterns[at] = this.#patterns[at - 1] as DiffPattern;
        this.#patterns[at - 1] = pattern;
      }
      return diff;
    }
    return null;
  }

  /** Learns from a payload that followed none. */
  learn(payloadText: string, diff: Diff): void {
    if (this.#tries < 1) return;
    this.#tries -= 1;
    const pattern = patternOf(this.#interner, payloadText, diff);
    if (pattern === null) return;
    if (this.#patterns.length === PLACES) this.#patterns.pop();
    this.#patterns.unshift(pattern);
  }
}
