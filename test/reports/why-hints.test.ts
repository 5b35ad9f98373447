import { describe, expect, test } from "vitest";
import type { Anatomy, AnatomyPart } from "../../harness/core/anatomy.ts";
import { compressibility, hintsOf } from "../../reports/why-hints.ts";
import { anatomyOf, indexedDelete, rerendered, streamInsert } from "./sample-anatomy.ts";

const REST: AnatomyPart = { part: "punctuation", bytes: 100, times: 1 };
const statics = (slot: string, again?: number): AnatomyPart => ({
  part: "statics",
  slot,
  bytes: 200,
  times: 1,
  ...(again !== undefined && { again }),
});
const values = (slot: string, times: number, again?: number): AnatomyPart => ({
  ...statics(slot, again),
  part: "dynamics",
  times,
});

describe("statics sent again", () => {
  test("with the entries of a stream: it keeps none", () => {
    expect(hintsOf("insert", streamInsert)).toEqual([
      "143 of 474 bytes are statics that the page had already, most of them in 8.0.*.1 " +
        "(web/chat/message-details.ts:10). A stream keeps nothing of its entries, so each of them brings its template, also " +
        "where it is only changed: a list in assigns sends less for an edit.",
    ]);
  });

  test("with the entries of a list: they are new in it", () => {
    expect(hintsOf("insert", anatomyOf([statics("8.0.*.1", 200), REST]))).toEqual([
      "200 of 300 bytes are statics that the page had already, most of them in 8.0.*.1. A new entry of a list brings its " +
        "template, and so does what is new in an entry, whatever others have.",
    ]);
  });

  test.each(["8", "8.0.*", "root"])(
    "of %s, which stands on the page: the server has forgotten that",
    (slot) => {
      expect(hintsOf("update", anatomyOf([statics(slot, 200), REST]))).toEqual([
        `200 of 300 bytes are statics of parts that stand on the page as they are, most of them in ${slot}. These were ` +
          "rendered anew as a whole: has the server forgotten that the page has them?",
      ]);
    },
  );

  test.each<[string, string, readonly AnatomyPart[]]>([
    ["are new to the page", "insert", [statics("8.0.*.1"), statics("8"), REST]],
    ["are less than a tenth, of entries", "insert", [statics("8.0.*.1", 29), REST]],
    ["are less than two hundredths, of the page", "insert", [statics("8", 5), REST]],
    ["answer a join, which brings a page to whoever had one before too", "join", [statics("8", 200), REST]],
  ])("are not told where they %s", (_, operation, parts) => {
    expect(hintsOf(operation, anatomyOf(parts))).toEqual([]);
  });
});

describe("a list that should be keyed, or a stream", () => {
  test("sends more entries than items changed", () => {
    expect(hintsOf("delete", indexedDelete)).toEqual([
      "5 entries of the list 8.0 were sent for 1 item that changed: with a :key the list knows which entries only moved, and " +
        "as a stream it sends none but the new ones.",
    ]);
  });

  test.each<[string, Anatomy]>([
    ["sends one for each item", anatomyOf([values("8.0.*.1", 10), REST], { items: 10 })],
    ["is within the entries of another one", anatomyOf([values("8.0.*.1.*.0", 9), REST])],
    ["is small beside all that was sent", anatomyOf([{ ...values("8.0.*.1", 9), bytes: 10 }, REST])],
    ["is not what changed", anatomyOf([values("8.0.*.1", 9), REST], { items: 0 })],
  ])("is not told of one that %s", (_, anatomy) => {
    expect(hintsOf("insert", anatomy)).toEqual([]);
  });
});

describe("an assign that re-renders too much", () => {
  test("sends values that the page had, and what is read there is named", () => {
    expect(hintsOf("other", rerendered)).toEqual([
      "600 of 1,239 bytes are values that the page had already, most of them in 8.0.*.1.6 " +
        "(web/chat/message-details.ts:10 messages[].content, editing). An assign that is read there was set although nothing " +
        "of it changed, or more reads it than needs to.",
    ]);
  });

  test.each<[string, readonly AnatomyPart[]]>([
    ["changed", [values("3", 1), REST]],
    ["are few beside what changed", [values("3", 1, 20), REST]],
  ])("is not told where values %s", (_, parts) => {
    expect(hintsOf("other", anatomyOf(parts, { items: 0 }))).toEqual([]);
  });
});

test.each<[number, string | null]>([
  [50, "compressible"],
  [51, null],
  [79, null],
  [80, "hardly compressible"],
])("of 100 bytes %i are left: %s", (deflated, word) => {
  expect(compressibility(anatomyOf([REST]), deflated)).toBe(word);
});
