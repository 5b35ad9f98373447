import { describe, expect, it } from "vitest";
import type { Row } from "../../../harness/page/item.ts";
import { applyStream } from "../../../harness/page/stream-rows.ts";

/** A row for a word: `a` is an item; `_a` is an element that is none. */
function row(id: string): Row {
  return { id, hidden: false, source: null, item: id.startsWith("_") ? null : { id, text: "", fields: {} } };
}

const rows = (words: string): readonly Row[] => words.split(" ").filter(Boolean).map(row);

/** Inserts as the server sends them: newest first, for entries that it renders in this order. */
function inserts(words: string, at: number, limit: number | null = null, updateOnly = false) {
  return words
    .split(" ")
    .filter(Boolean)
    .reverse()
    .map((id) => ({ id, at, limit, updateOnly }));
}

const NONE = { ref: "0", inserts: [], deletes: [], reset: false };

describe("the order on the page after a stream's render is the official client's", () => {
  // STREAM CASES: facts learnt from the issues of phoenix_live_view; the numbers are theirs.
  it.each<[string, string, string, object, string]>([
    ["a new item at the end", "a b", "c", { inserts: inserts("c", -1) }, "a b c"],
    ["several at the end, in the order given", "a", "b c", { inserts: inserts("b c", -1) }, "a b c"],
    ["one at the front", "a b", "c", { inserts: inserts("c", 0) }, "c a b"],
    ["several at the front, each first in turn", "a", "b c", { inserts: inserts("b c", 0) }, "c b a"],
    ["one at an index", "a b c", "x", { inserts: inserts("x", 1) }, "a x b c"],
    ["one at an index beyond the end", "a", "x", { inserts: inserts("x", 9) }, "a x"],
    [
      "an item that is there stays where it is, at any index (3030)",
      "a b c",
      "b",
      { inserts: inserts("b", 0) },
      "a b c",
    ],
    [
      "deleted and inserted in one render: moved (3198)",
      "a b",
      "a",
      { inserts: inserts("a", -1), deletes: ["a"] },
      "b a",
    ],
    [
      "inserted and deleted while new: it is there",
      "a",
      "x",
      { inserts: inserts("x", -1), deletes: ["x"] },
      "a x",
    ],
    ["a delete of what is not there", "a", "", { deletes: ["x"] }, "a"],
    ["deletes", "a b c", "", { deletes: ["c", "a"] }, "b"],
    [
      "a reset to another order (2826)",
      "a b c",
      "c b a",
      { inserts: inserts("c b a", -1), reset: true },
      "c b a",
    ],
    [
      "a reset to old and new items (2767)",
      "a b c",
      "x b y",
      { inserts: inserts("x b y", -1), reset: true },
      "x b y",
    ],
    ["a reset to nothing", "a b c", "", { reset: true }, ""],
    ["a negative limit prunes the front (2686)", "a b", "c d", { inserts: inserts("c d", -1, -3) }, "b c d"],
    ["a positive limit prunes the back (2686)", "a b", "c d", { inserts: inserts("c d", 0, 3) }, "d c a"],
    ["more than the limit at once (3035)", "", "a b c d", { inserts: inserts("a b c d", -1, -2) }, "c d"],
    [
      "a positive limit at the end takes the new one itself",
      "a b",
      "c",
      { inserts: inserts("c", -1, 2) },
      "a b",
    ],
    ["an update prunes nothing", "a b c", "a", { inserts: inserts("a", -1, -1) }, "a b c"],
    ["update only: absent (2690)", "a", "x", { inserts: inserts("x", -1, null, true) }, "a"],
    ["update only: present", "a b", "a", { inserts: inserts("a", -1, null, true) }, "a b"],
    [
      "update only: taken by a reset",
      "a b",
      "a",
      { inserts: inserts("a", -1, null, true), reset: true },
      "a",
    ],
    [
      "items come before an element that is none (3260)",
      "a _empty",
      "b",
      { inserts: inserts("b", -1) },
      "a b _empty",
    ],
    ["an index counts every element", "_top a", "b", { inserts: inserts("b", 1) }, "_top b a"],
    [
      "a reset leaves an element that is none",
      "a _empty",
      "b",
      { inserts: inserts("b", -1), reset: true },
      "b _empty",
    ],
    ["a limit counts every element", "a _end", "b", { inserts: inserts("b", -1, -2) }, "b _end"],
    ["what was first there is rendered again", "", "_empty a", { inserts: inserts("a", -1) }, "a _empty"],
    [
      "of two inserts of one id the first one's place counts, which is sent last",
      "a",
      "x",
      { inserts: [...inserts("x", -1), ...inserts("x", 0)] },
      "x a",
    ],
  ])("%s", (_name, before, rendered, operations, after) => {
    const change = applyStream(rows(before), rows(rendered), { ...NONE, ...operations });
    expect(change.rows.map(({ id }) => id).join(" ")).toBe(after);
  });
});

describe("what a render did is told", () => {
  const nothing = { inserted: [], updated: [], repeated: [], removed: [], pruned: [], moved: [] };

  it.each<[string, string, string, object, object]>([
    ["inserted", "a", "b", { inserts: inserts("b", -1) }, { inserted: ["b"] }],
    ["updated", "a b", "a", { inserts: inserts("a", -1) }, { updated: ["a"] }],
    ["removed", "a b", "", { deletes: ["a"] }, { removed: ["a"] }],
    ["removed, though never there", "a", "", { deletes: ["x"] }, {}],
    ["moved", "a b", "a", { inserts: inserts("a", -1), deletes: ["a"] }, { moved: ["a"] }],
    ["pruned", "a b", "c", { inserts: inserts("c", -1, -2) }, { inserted: ["c"], pruned: ["a"] }],
    ["pruned while new", "a", "b c", { inserts: inserts("b c", -1, -1) }, { inserted: ["c"], pruned: ["a"] }],
    [
      "a reset",
      "a b",
      "b c",
      { inserts: inserts("b c", -1), reset: true },
      { inserted: ["c"], updated: ["b"], removed: ["a"] },
    ],
  ])("%s", (_name, before, rendered, operations, expected) => {
    const { rows: _rows, ...change } = applyStream(rows(before), rows(rendered), { ...NONE, ...operations });
    expect(change).toEqual({ ...nothing, ...expected });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["as it was: repeated", ["b", "x"], ["b"]],
    ["with another slot, though nobody reads it: not", ["b", "y"], []],
  ])("what is sent again %s", (_name, slots, repeated) => {
    const statics: readonly string[] = ['<p id="', '" class="', '">text</p>'];
    const made = (its: readonly string[]): Row => {
      const entry = { kind: "entry", slots: its, mayHoldComponents: false, mayHoldStreams: false } as const;
      return { ...row("b"), source: { statics, entry, html: null } };
    };
    const before = [...rows("a"), made(["b", "x"])];
    const change = applyStream(before, [made(slots)], { ...NONE, inserts: inserts("b", -1) });
    expect(change).toMatchObject({ updated: ["b"], repeated });
  });

  it("many at once are told as few are", () => {
    const ids = Array.from({ length: 40 }, (_, i) => `n${i}`).join(" ");
    const change = applyStream(rows("a n3 b"), rows(ids), { ...NONE, inserts: inserts(ids, -1) });
    expect([change.inserted.length, change.updated, change.rows.length]).toEqual([39, ["n3"], 42]);
  });

  it("the rows that were given are not changed", () => {
    const before = Object.freeze(rows("a b c"));
    applyStream(before, rows("d"), { ...NONE, inserts: inserts("d", 0, 2), deletes: ["b"] });
    expect(before.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});
