import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { seededTexts } from "../../../harness/crowd/message-text.ts";
import { UNUSUAL_TEXTS } from "../../../harness/crowd/unusual-texts.ts";
import { findDueToken } from "../../../harness/load/due-token.ts";

const token = { dueUs: micros(1_700_000_000_000_000), sequence: 7, lateUs: micros(36) };

/** So many texts in a row. */
const textsOf = (seed: number, count: number) => {
  const texts = seededTexts(seed, {});
  return Array.from({ length: count }, () => texts.next(token));
};

test("a text has its token in front and words behind it", () => {
  const [text = ""] = textsOf(1, 1);
  expect(text).toBe("~gqll7vatq8000700010~ delta basic dance");
  expect(findDueToken(text)).toEqual(token);
});

test("a text has as many words as it is asked for", () => {
  const texts = seededTexts(1, { words: { least: 2, most: 2 } });
  const lengths = Array.from({ length: 100 }, () => texts.next(token).split(" ").length);
  expect([...new Set(lengths)], "the token and two words").toEqual([3]);
});

test("the words depend on the seed, and not on the token", () => {
  const words = (text: string) => text.slice(text.indexOf(" "));
  const others = seededTexts(1, {});
  const later = { dueUs: micros(1_800_000_000_000_000), sequence: 8, lateUs: micros(0) };
  const first = textsOf(1, 3).map(words);
  expect(Array.from({ length: 3 }, () => words(others.next(later)))).toEqual(first);
  expect(textsOf(2, 3).map(words)).toEqual([
    " blank about coast basic brave coral basic daily",
    " ample delta eagle cabin candy",
    " baker civil basic equal",
  ]);
});

test("texts have six lengths, those of three to eight words of five letters", () => {
  const lengths = new Set(textsOf(1, 500).map((text) => text.length));
  expect([...lengths].sort((a, b) => a - b)).toEqual([39, 45, 51, 57, 63, 69]);
});

test("where bytes are to be the same on every run a text tells its number, and no time", () => {
  const [text, again] = [seededTexts(1, { fixed: true }), seededTexts(1, { fixed: true })].map((texts, run) =>
    texts.next({ ...token, dueUs: micros(token.dueUs + run), lateUs: micros(run) }),
  );
  expect(text).toBe("~0000000000000700000~ delta basic dance");
  expect(again).toBe(text);
});

test("where texts are to be unusual they come in turn, and no two in a round are the same", () => {
  const texts = seededTexts(1, { unusualTexts: true });
  const round = () => UNUSUAL_TEXTS.map(() => texts.next(token).slice("~gqll7vatq8000700010~ ".length));
  expect(round()).toEqual(UNUSUAL_TEXTS);
  expect(round()).toEqual(UNUSUAL_TEXTS);
  expect(new Set(UNUSUAL_TEXTS).size).toBe(UNUSUAL_TEXTS.length);
});

test("a draft has words alone, which come in turn with those of texts", () => {
  const texts = seededTexts(1, {});
  expect(texts.draft()).toBe("delta basic dance");
  expect(texts.next(token)).toBe(`${textsOf(1, 2)[1]}`);
});
