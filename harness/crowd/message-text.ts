import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Scenario } from "../core/scenario.ts";
import { micros } from "../core/units.ts";
import { type DueToken, encodeDueToken } from "../load/due-token.ts";
import { UNUSUAL_TEXTS } from "./unusual-texts.ts";

const WORDS = (
  "about after again amber ample apple april arena atlas badge baker basic beach begin birch blank brave " +
  "cabin candy chalk civil clear cloud coast coral crisp daily dance delta drift early eagle ember equal fable"
).split(" ");

/** Makes the texts that users write. */
export interface MessageTexts {
  /** The next text: its token in front, then words. */
  next(token: DueToken): string;
  /** A text that is begun and not sent, of so many words more than a message. */
  draft(moreWords?: number): string;
}

/** What a token says whose message was due at no time: 1970 was before any chat. */
const NO_TIME = { dueUs: micros(0), lateUs: micros(0) } as const;

/** Six different lengths, since all words have five letters. */
const USUAL_WORDS = { least: 3, most: 8 } as const;

/** Texts that are the same for the same seed, token apart; that too where a scenario is `fixed`: then it tells no time. */
export function seededTexts(
  seed: number,
  {
    words: { least, most } = USUAL_WORDS,
    fixed = false,
    unusualTexts = false,
  }: Pick<Scenario, "words" | "fixed" | "unusualTexts">,
): MessageTexts {
  const random = xoroshiro128plus(seed);
  const words = (more = 0) =>
    Array.from(
      { length: more + uniformInt(random, least, most) },
      () => WORDS[uniformInt(random, 0, WORDS.length - 1)],
    ).join(" ");
  let made = 0;
  const unusual = () => UNUSUAL_TEXTS[made++ % UNUSUAL_TEXTS.length];
  return {
    next: (token) =>
      `${encodeDueToken(fixed ? { ...token, ...NO_TIME } : token)} ${unusualTexts ? unusual() : words()}`,
    draft: words,
  };
}
