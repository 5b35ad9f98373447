import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type DueToken, encodeDueToken } from "../load/due-token.ts";

const WORDS = (
  "about after again amber ample apple april arena atlas badge baker basic beach begin birch blank brave " +
  "cabin candy chalk civil clear cloud coast coral crisp daily dance delta drift early eagle ember equal fable"
).split(" ");

/** Makes the texts that users write. */
export interface MessageTexts {
  /** The next text: its token in front, then words. */
  next(token: DueToken): string;
}

/** Texts that are the same for the same seed, token apart, and of six different lengths, since all words have five letters. */
export function seededTexts(seed: number): MessageTexts {
  const random = xoroshiro128plus(seed);
  return {
    next(token) {
      const words = Array.from(
        { length: uniformInt(random, 3, 8) },
        () => WORDS[uniformInt(random, 0, WORDS.length - 1)],
      );
      return `${encodeDueToken(token)} ${words.join(" ")}`;
    },
  };
}
