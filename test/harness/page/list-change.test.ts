import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleOf } from "../../../harness/page/id-samples.ts";
import { checkInvariants } from "../../../harness/page/invariants.ts";
import type { Item } from "../../../harness/page/item.ts";
import { compareLists, type ListChange, noChange } from "../../../harness/page/list-change.ts";
import { classifyOperation } from "../../../harness/page/operation.ts";

/** Items from words: `a` with the text `a`; `a:x` with the text `x`. */
function items(words: string): readonly Item[] {
  return words
    .split(" ")
    .filter(Boolean)
    .map((word) => {
      const [id = "", text = id] = word.split(":");
      return { id, text, fields: { text } };
    });
}

const QUIET = { inserted: [], updated: [], removed: [], moved: [], position: "none" };

describe("two states of a list are compared", () => {
  it.each<[string, string, Partial<ListChange>, string]>([
    ["a b", "a b", {}, "other"],
    ["", "a", { inserted: ["a"], position: "all" }, "insert"],
    ["a b", "a b c", { inserted: ["c"], position: "back" }, "insert"],
    ["a b", "a x b", { inserted: ["x"], position: "middle" }, "insert"],
    ["c d", "a b c d", { inserted: ["a", "b"], position: "front" }, "prepend"],
    ["a b c", "a b:x c", { updated: ["b"] }, "update"],
    ["a b c", "a c", { removed: ["b"] }, "delete"],
    ["a b c d e f", "a d e f", { removed: ["b", "c"] }, "delete"],
    ["a b c d e f", "e f", { removed: ["a", "b", "c", "d"] }, "reset"],
    ["a b", "c d", { inserted: ["c", "d"], removed: ["a", "b"], position: "all" }, "reset"],
    ["a b c", "b c d", { inserted: ["d"], removed: ["a"], position: "back" }, "mixed"],
    ["a b c d", "b c d a", { moved: ["a"] }, "mixed"],
    ["a b c d", "d a b c", { moved: ["d"] }, "mixed"],
    ["a b c", "c:x a b", { updated: ["c"], moved: ["c"] }, "mixed"],
    ["a b", "b:x a", { updated: ["b"], moved: ["b"] }, "mixed"],
  ])("%s -> %s", (before, after, expected, operation) => {
    const change = compareLists(items(before), items(after));
    expect(change).toMatchObject({ ...QUIET, ...expected });
    expect(classifyOperation(change)).toBe(operation);
  });

  it("and what is told leads from the one to the other", () => {
    const ids = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const change = compareLists(items(before.join(" ")), items(after.join(" ")));
        const stay = before.filter((id) => !change.removed.includes(id) && !change.moved.includes(id));
        const stayed = after.filter((id) => !change.inserted.includes(id) && !change.moved.includes(id));
        expect(stay).toEqual(stayed);
        expect(change.inserted).toEqual(after.filter((id) => !before.includes(id)));
        expect(change.removed).toEqual(before.filter((id) => !after.includes(id)));
        // One at least stays where it is, of those that stay at all.
        const both = before.filter((id) => after.includes(id));
        expect(change.moved.length).toBeLessThanOrEqual(Math.max(0, both.length - 1));
      }),
    );
  });
});

describe("a stream's change is named by what it is", () => {
  it.each<[string, Partial<ListChange>, string]>([
    ["a reset, whatever it changes", { reset: true }, "reset"],
    ["an insert that prunes", { inserted: ["c"], pruned: ["a"], position: "back" }, "insert"],
    ["an update with the same content", { updated: ["a"] }, "update"],
    ["an item that moves", { moved: ["a"], after: items("b a") }, "mixed"],
  ])("%s", (_name, change, operation) => {
    expect(classifyOperation({ ...noChange(items("a b")), ...change })).toBe(operation);
  });
});

describe("invariants of a frame", () => {
  it.each<[string, ListChange, readonly object[]]>([
    ["a list in order", compareLists(items("a b"), items("a b c")), []],
    ["an item twice", compareLists(items("a b"), items("a b a")), [{ kind: "duplicate-id", id: "a" }]],
    [
      "an update that moves",
      compareLists(items("a b c"), items("c:x a b")),
      [{ kind: "update-moved", id: "c" }],
    ],
    [
      "an update that moves, as its neighbour's move",
      { ...noChange(items("b a")), updated: ["b"], moved: ["a"] },
      [{ kind: "update-moved", id: "b" }],
    ],
    ["a reset that moves", { ...noChange(items("b a")), updated: ["b"], moved: ["b"], reset: true }, []],
    [
      "a delete that leaves the item",
      { ...noChange(items("a b")), removed: ["a"] },
      [{ kind: "delete-left", id: "a" }],
    ],
  ])("%s", (_name, change, violations) => {
    expect(checkInvariants(change)).toEqual(violations);
    const samples = change.after.map(({ id }) => sampleOf(id));
    expect(checkInvariants({ ...change, samples })).toEqual(violations);
  });
});
