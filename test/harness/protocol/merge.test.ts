import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Interner } from "../../../harness/protocol/intern.ts";
import { firstTree, merge } from "../../../harness/protocol/merge.ts";
import { treeToHtml } from "../../../harness/protocol/to-html.ts";
import { deepFreeze, diffOf, htmlOf, treeOf } from "./tree.ts";

const ITEM = ["<li>", "</li>"];

/** A page with a heading, a list of these texts, and a foot. */
function page(...texts: readonly string[]): object {
  const entries = Object.fromEntries(texts.map((text, i) => [i, { 0: text }]));
  const list = texts.length === 0 ? "" : { s: 0, k: { ...entries, kc: texts.length } };
  return { s: ["<ul>", "</ul>", ""], 0: list, 1: "foot", p: { 0: ITEM } };
}

describe("a diff changes what it names", () => {
  it.each<[string, object, readonly object[], string]>([
    ["a slot", page("a"), [{ 1: "feet" }], "<ul><li>a</li></ul>feet"],
    [
      "a text into a template",
      page("a"),
      [{ 1: { s: ["<b>", "</b>"], 0: "x" } }],
      "<ul><li>a</li></ul><b>x</b>",
    ],
    [
      "a template that was nested before",
      page("a"),
      [{ 1: { s: ["<b>", "-", "</b>"], 0: "x", 1: "y" } }, { 1: { 1: "z" } }],
      "<ul><li>a</li></ul><b>x-z</b>",
    ],
    [
      "the text of an entry",
      page("a", "b"),
      [{ 0: { k: { 1: { 0: "c" }, kc: 2 } } }],
      "<ul><li>a</li><li>c</li></ul>foot",
    ],
    ["the end of a list", page("a", "b"), [{ 0: { k: { kc: 1 } } }], "<ul><li>a</li></ul>foot"],
    [
      "a list, by one more",
      page("a"),
      [{ 0: { k: { 1: { 0: "b" }, kc: 2 } } }],
      "<ul><li>a</li><li>b</li></ul>foot",
    ],
    [
      "the order of a list",
      page("a", "b", "c"),
      [{ 0: { k: { 0: 2, 1: 0, 2: 1, kc: 3, km: true } } }],
      "<ul><li>c</li><li>a</li><li>b</li></ul>foot",
    ],
    [
      "an entry that moves",
      page("a", "b"),
      [{ 0: { k: { 0: [1, { 0: "B" }], 1: 0, kc: 2, km: true } } }],
      "<ul><li>B</li><li>a</li></ul>foot",
    ],
    [
      "an entry in front of others that move along",
      page("a", "b"),
      [{ 0: { k: { 0: { 0: "new" }, 1: 0, 2: 1, kc: 3, km: true } } }],
      "<ul><li>new</li><li>a</li><li>b</li></ul>foot",
    ],
    [
      "an empty list into one with entries",
      page(),
      [{ 0: { s: ITEM, k: { 0: { 0: "a" }, kc: 1 } } }],
      "<ul><li>a</li></ul>foot",
    ],
    ["the root as a whole", page("a"), [{ s: ["other"] }], "other"],
    [
      "a list of the format before 1.1, always as a whole",
      { s: ["", ""], 0: { s: 0, d: [["a"], ["b"]], p: { 0: ITEM } } },
      [{ 0: { d: [["c"]] } }],
      "<li>c</li>",
    ],
  ])("%s", (_name, join, diffs, html) => {
    expect(htmlOf(join, ...diffs)).toBe(html);
  });

  it("the entries of a stream are those of its last render", () => {
    const stream = (id: string) => ({
      k: { 0: { 0: id }, kc: 1 },
      stream: ["0", [[id, -1, null, null]], []],
    });
    const join = { s: ["", ""], 0: { s: ITEM, ...stream("a") } };
    expect(htmlOf(join, { 0: stream("b") })).toBe("<li>b</li>");
  });
});

describe("components", () => {
  const join = {
    s: ["", "|", ""],
    0: 1,
    1: 2,
    c: { 1: { s: ["<i>", ":", "</i>"], 0: "a", 1: "b" }, 2: { s: 1, 1: "c" } },
  };

  it.each<[string, readonly object[], string]>([
    [
      "share statics, and the slots that are not sent, with another of the same diff",
      [],
      "<i>a:b</i>|<i>a:c</i>",
    ],
    ["change by slots", [{ c: { 1: { 0: "x" } } }], "<i>x:b</i>|<i>a:c</i>"],
    [
      "share with one as it was before the diff",
      [{ c: { 1: { 0: "x" }, 2: { s: -1, 1: "z" } } }],
      "<i>x:b</i>|<i>a:z</i>",
    ],
    ["share with one as the diff makes it", [{ c: { 1: { 0: "x" }, 2: { s: 1 } } }], "<i>x:b</i>|<i>x:b</i>"],
    ["are replaced", [{ c: { 1: { s: ["new"] } } }], "new|<i>a:c</i>"],
  ])("%s", (_name, diffs, html) => {
    expect(htmlOf(join, ...diffs)).toBe(html);
  });
});

describe("a diff that does not fit the tree is refused", () => {
  it.each<[string, object, string]>([
    ["a slot that there is not", { 7: "a" }, "diff at 7: there is no such slot in a template of 2"],
    [
      "a template where there is a text",
      { 1: { 0: "a" } },
      "diff at 1: changes a template where there is none",
    ],
    [
      "a list where there is a text",
      { 1: { k: { kc: 0 } } },
      "diff at 1: changes a comprehension where there is none",
    ],
    ["a new entry that is not whole", { 0: { k: { 1: {}, kc: 2 } } }, "diff at 0.k.1: is new but not whole"],
    [
      "an entry from nowhere",
      { 0: { k: { 0: 5, kc: 1, km: true } } },
      "diff at 0.k.0: moves entry 5, which there is not",
    ],
    [
      "entries that are missing",
      { 0: { k: { kc: 3 } } },
      "diff at 0: brings 1 entries where 3 are announced",
    ],
    [
      "a component that was never sent",
      { c: { 4: { 0: "a" } } },
      "diff at c.4: component 4 is changed but was never sent",
    ],
    [
      "a share with one that was never sent",
      { c: { 4: { s: -3 } } },
      "diff at c.3: component 3 is shared but was never sent",
    ],
    [
      "a share with one that is not in the diff",
      { c: { 4: { s: 3 } } },
      "diff at c.3: component 3 is not in this diff",
    ],
  ])("%s", (_name, diff, message) => {
    expect(() => treeOf(page("a"), diff)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });

  it.each<[string, object, string]>([
    ["a component that was never sent", { 1: 9 }, "diff at 1: component 9 is referred to but was never sent"],
  ])("%s", (_name, diff, message) => {
    expect(() => treeOf(page("a"), diff)).toThrow(expect.objectContaining({ code: "protocol", message }));
  });
});

describe("components that lead to themselves are refused, not followed for ever", () => {
  const shared = (cid: number) => ({ s: cid, 0: "x" });

  it.each<[string, object, string]>([
    ["statics shared in a circle", { 1: shared(2), 2: shared(1) }, "shares its statics with itself"],
    [
      "statics shared along a chain without end",
      Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [i + 1, shared(i + 2)])),
      "shares its statics too far",
    ],
    ["a component in itself", { 1: { s: ["", ""], 0: 1 } }, "is inside of itself"],
    ["two in each other", { 1: { s: ["", ""], 0: 2 }, 2: { s: ["", ""], 0: 1 } }, "is inside of itself"],
    [
      "one in the other without end",
      Object.fromEntries(
        Array.from({ length: 5_000 }, (_, i) => [i + 1, { s: ["", ""], 0: i < 4_999 ? i + 2 : "end" }]),
      ),
      "is inside of more than 64 others",
    ],
  ])("%s", (_name, components, what) => {
    const join = { s: ["", ""], 0: 1, c: components };
    expect(() => htmlOf(join)).toThrow(
      expect.objectContaining({
        code: "protocol",
        message: expect.stringMatching(new RegExp(`${what}$`, "u")),
      }),
    );
  });
});

describe("merging is pure", () => {
  it("what a diff does not touch keeps its identity", () => {
    const interner = new Interner();
    const { tree } = firstTree(diffOf(page("a", "b"), interner));
    const after = merge(tree, diffOf({ 1: "feet" }, interner)).tree;
    expect(after.root.slots[0]).toBe(tree.root.slots[0]);
  });

  it("two users with the same entry and the same diff have the same entry afterwards", () => {
    const interner = new Interner();
    const diff = diffOf({ 0: { k: { 0: { 1: "c" }, kc: 1 } } }, interner);
    const entries = ["one", "other"].map((foot) => {
      const list = { s: ["", "", ""], k: { 0: { 0: "a", 1: "b" }, kc: 1 } };
      const { tree } = firstTree(diffOf({ s: ["", "", ""], 0: list, 1: foot }, interner));
      const merged = merge(tree, diff).tree.root.slots[0];
      return typeof merged === "object" && merged.kind === "comprehension" ? merged.entries[0] : null;
    });
    expect(entries[0]).toBe(entries[1]);
    expect(entries[0]?.slots).toEqual(["a", "c"]);
  });

  it("two users with the same list and different diffs have different lists afterwards", () => {
    const interner = new Interner();
    const { tree } = firstTree(diffOf(page("a", "b"), interner));
    const htmls = ["c", "d", "c"].map((text) => {
      const diff = diffOf({ 0: { k: { 1: { 0: text }, kc: 2 } } }, interner);
      return treeToHtml(merge(tree, diff).tree);
    });
    expect(htmls).toEqual(["c", "d", "c"].map((text) => `<ul><li>a</li><li>${text}</li></ul>foot`));
  });

  it("moves give what a naive model gives, and change neither tree nor diff", () => {
    const texts = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 8 });
    const change = (size: number) =>
      fc.oneof(
        fc.record({ from: fc.nat(size - 1) }),
        fc.record({ from: fc.nat(size - 1), text: fc.string({ maxLength: 3 }) }),
        fc.record({ text: fc.string({ maxLength: 3 }) }),
      );
    const cases = texts.chain((before) =>
      fc.tuple(fc.constant(before), fc.array(change(before.length), { maxLength: 10 })),
    );
    fc.assert(
      fc.property(cases, ([before, changes]) => {
        const interner = new Interner();
        const { tree } = firstTree(deepFreeze(diffOf(page(...before), interner)));
        const entries = changes.map((c) =>
          !("from" in c) ? { 0: c.text } : "text" in c ? [c.from, { 0: c.text }] : c.from,
        );
        const diff = deepFreeze(diffOf({ 0: { k: { ...entries, kc: entries.length, km: true } } }, interner));
        const model = changes.map((c) => ("text" in c ? c.text : before[c.from]));
        const html = treeToHtml(merge(deepFreeze(tree), diff).tree);
        expect(html).toBe(`<ul>${model.map((text) => `<li>${text}</li>`).join("")}</ul>foot`);
      }),
    );
  });
});
