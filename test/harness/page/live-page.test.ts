import { getOuterHTML } from "domutils";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BenchError } from "../../../harness/core/errors.ts";
import { elementById, parseHtml } from "../../../harness/page/html.ts";
import { noChange } from "../../../harness/page/list-change.ts";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { treeToHtml } from "../../../harness/protocol/to-html.ts";
import { diffOf } from "../protocol/tree.ts";

const FIELDS = { text: "b", extra: "i" };
const ITEM = ['<p id="', '"><b>', "</b>", "</p>"];
const READER = createListReader({ list: "#list", fields: FIELDS });

/** The entries of a comprehension for words: `a` is an item with id and text `a`. */
function entries(...words: readonly string[]): object {
  return { ...words.map((word) => ({ 0: word, 1: word, 2: "" })), kc: words.length };
}

/** A stream's render that inserts the words at an index. */
function stream(at: number, ...words: readonly string[]): object {
  const inserts = words.map((id) => [id, at, null, false]).reverse();
  return { k: entries(...words), stream: ["0", inserts, []] };
}

/** A page with these contents of its list's container, and a slot behind it. */
function page(list: unknown, attributes = ""): object {
  return { s: [`<main><div id="list"${attributes}>`, "</div>", "</main>"], 0: list, 1: "" };
}

function open(join: object, interner = new Interner()): (diff: object) => LivePage {
  const livePage = new LivePage(READER, diffOf(join, interner));
  return (diff) => {
    livePage.apply(diffOf(diff, interner));
    return livePage;
  };
}

const ids = (livePage: LivePage) => livePage.items.map(({ id }) => id).join(" ");

describe("the list is found wherever its comprehension stands", () => {
  it.each<[string, object, string]>([
    ["in the container", page({ s: ITEM, k: entries("a", "b") }), "a b"],
    ["in a template within it", page({ s: ["\n", "\n"], 0: { s: ITEM, k: entries("a") } }), "a"],
    [
      "in a component within it",
      { ...page(1), c: { 1: { s: ["", ""], 0: { s: ITEM, k: entries("a") } } } },
      "a",
    ],
    ["as a stream", page({ s: ITEM, ...stream(-1, "a", "b") }), "a b"],
    ["as a stream whose first inserts go to the front", page({ s: ITEM, ...stream(0, "a", "b") }), "b a"],
    ["nowhere yet", page(""), ""],
    [
      "beside another list, outside of the container",
      {
        s: ['<ul id="list">', "</ul><ol>", "</ol>"],
        0: { s: ITEM, k: entries("a") },
        1: { s: ITEM, k: entries("b") },
      },
      "a",
    ],
    [
      "around lists within its items",
      page({
        s: ['<div id="', '">', "</div>"],
        k: { 0: { 0: "a", 1: { s: ITEM, k: entries("inner") } }, kc: 1 },
      }),
      "a",
    ],
  ])("%s", (_name, join, expected) => {
    expect(ids(open(join)({}))).toBe(expected);
  });

  it.each([
    ["whose place depends on the items of another list", "div:nth-of-type(3)"],
    ["behind an item of another list", "div + div + div"],
  ])("by a selector %s", (_name, selector) => {
    const box = { s: ['<div id="', '"></div>'], k: { 0: { 0: "x" }, 1: { 0: "y" }, kc: 2 } };
    const join = {
      s: ["", "<div>", "</div><div></div><div></div>"],
      0: box,
      1: { s: ITEM, k: entries("a") },
    };
    const reader = createListReader({ list: selector, fields: FIELDS });
    expect(ids(new LivePage(reader, diffOf(join)))).toBe("a");
  });

  it("and again when the page changes around it", () => {
    const apply = open(page(""));
    expect(ids(apply({ 0: { s: ITEM, k: entries("a") } }))).toBe("a");
    expect(ids(apply({ 0: { s: ["<hr>", ""], 0: { s: ITEM, k: entries("b", "c") } } }))).toBe("b c");
    expect(ids(apply({ 0: "" }))).toBe("");
  });

  it("a list that leaves and comes back starts empty", () => {
    const apply = open(page({ s: ITEM, ...stream(-1, "a") }));
    expect(ids(apply({ 0: "" }))).toBe("");
    expect(ids(apply({ 0: { s: ITEM, ...stream(-1, "b") } }))).toBe("b");
  });

  it("another stream in its place starts empty", () => {
    const apply = open(page({ s: ITEM, ...stream(-1, "a") }));
    const other = { s: ITEM, k: entries("b"), stream: ["1", [["b", -1, null, false]], []] };
    expect(ids(apply({ 0: other }))).toBe("b");
  });
});

describe("a list that cannot be followed is refused", () => {
  it.each<[string, object, string, string]>([
    [
      "no container",
      { s: ["<p></p>"] },
      "list-not-found",
      "the page has no element that matches the list's selector #list",
    ],
    [
      "items without an id",
      page({ s: ["<p>", "</p>"], k: { 0: { 0: "a" }, kc: 1 } }),
      "unsupported-list",
      "an entry of the list is not one element with an id, and cannot be followed: <p>a</p>",
    ],
    [
      "items of two comprehensions",
      page({ s: ["", "", ""], 0: { s: ITEM, k: entries("a") }, 1: { s: ITEM, k: entries("b") } }),
      "unsupported-list",
      "the list is rendered by 2 comprehensions; one is what can be followed",
    ],
    [
      "items that are streams themselves",
      page({ s: ['<p id="', '">', "</p>"], k: { 0: { 0: "a", 1: { s: ITEM, ...stream(-1, "b") } }, kc: 1 } }),
      "unsupported-list",
      "an item of the list holds a stream of its own, which cannot be followed",
    ],
  ])("%s", (_name, join, code, message) => {
    expect(() => open(join)).toThrow(expect.objectContaining({ code, message }));
  });
});

describe("items", () => {
  it("have an id, the text that a reader sees, and fields verbatim", () => {
    const extra = { s: ["\n <i>", "</i>"], 0: " x &lt; y\n" };
    const join = page({ s: ITEM, k: { 0: { 0: "a", 1: "t  &amp; u", 2: extra }, kc: 1 } });
    expect(open(join)({}).items).toEqual([
      { id: "a", text: "t & u x < y", fields: { text: "t  & u", extra: " x < y\n" } },
    ]);
  });

  it("are one object for two users who were sent the same", () => {
    const interner = new Interner();
    const diff = diffOf({ 0: { k: { 0: { 1: "new" }, kc: 1 } } }, interner);
    const [first, second] = ["one", "other"].map((foot) => {
      const join = diffOf({ ...page({ s: ITEM, k: entries("a") }), 1: foot }, interner);
      const livePage = new LivePage(READER, join);
      livePage.apply(diff);
      return livePage.items[0];
    });
    expect(first).toBe(second);
    expect(first?.text).toBe("new");
  });

  it("are read anew where the same slots stand in other statics", () => {
    const interner = new Interner();
    const texts = [ITEM, ['<p id="', '">', " ", "</p>"]].map(
      (statics) => open(page({ s: statics, k: entries("a") }), interner)({}).items[0]?.fields,
    );
    expect(texts).toEqual([{ text: "a" }, {}]);
  });

  it.each<[string, object]>([
    ["a plain list", { k: { 0: { 0: "a", 1: 1, 2: "" }, kc: 1 } }],
    ["a stream", { k: { 0: { 0: "a", 1: 1, 2: "" }, kc: 1 }, stream: ["0", [["a", -1, null, false]], []] }],
  ])("change with the components within them: %s", (_name, list) => {
    const interner = new Interner();
    const join = { ...page({ s: ITEM, ...list }), c: { 1: { s: ["", ""], 0: "before" } } };
    const livePage = new LivePage(READER, diffOf(join, interner));
    const change = livePage.apply(diffOf({ c: { 1: { 0: "after" } } }, interner));
    expect(change.updated).toEqual(["a"]);
    expect(livePage.items[0]?.text).toBe("after");
  });
});

describe("the page's HTML", () => {
  it("holds what every stream's container holds, not only the list's", () => {
    const side = (at: number, id: string) => ({ k: entries(id), stream: ["1", [[id, at, null, false]], []] });
    const join = { ...page({ s: ITEM, ...stream(-1, "a") }), 1: { s: ITEM, ...side(-1, "x") } };
    const livePage = open(join)({ 0: stream(0, "b"), 1: side(-1, "y") });
    const paragraph = (id: string) => `<p id="${id}"><b>${id}</b></p>`;
    expect(livePage.html()).toBe(
      `<main><div id="list">${["b", "a"].map(paragraph).join("")}</div>${["x", "y"].map(paragraph).join("")}</main>`,
    );
  });

  it("holds what a container that appends has kept", () => {
    const livePage = open(page({ s: ITEM, k: entries("a") }, ' phx-update="append"'))({
      0: { k: entries("b") },
    });
    const paragraph = (id: string) => `<p id="${id}"><b>${id}</b></p>`;
    expect(livePage.html()).toBe(
      `<main><div id="list" phx-update="append">${["a", "b"].map(paragraph).join("")}</div></main>`,
    );
  });

  it("is parsed once between two diffs", () => {
    const apply = open(page({ s: ITEM, ...stream(-1, "a") }));
    const livePage = apply({});
    const document = livePage.document();
    expect(livePage.document()).toBe(document);
    expect(apply({ 1: "x" }).document()).not.toBe(document);
  });
});

describe("the page's DOM", () => {
  const STREAMED = page({ s: ITEM, ...stream(-1, "a") });
  const paragraph = (livePage: LivePage) => elementById(livePage.document(), "a");

  it("has the same elements for what was there before, as soon as it is asked for again and again", () => {
    const apply = open(STREAMED);
    const seen = ["b", "c", "d"].map((word) => paragraph(apply({ 0: stream(0, word) })));
    expect(seen.map((one) => one?.attribs.id)).toEqual(["a", "a", "a"]);
    expect([seen[1] === seen[0], seen[2] === seen[1]]).toEqual([false, true]);
  });

  it("has no more of them once enough others have asked for theirs", () => {
    const reader = createListReader({ list: "#list", fields: FIELDS });
    const [one, ...others] = Array.from({ length: 33 }, () => new LivePage(reader, diffOf(STREAMED)));
    const changed = (livePage: LivePage) => {
      livePage.apply(diffOf({ 1: "x" }));
      return paragraph(livePage);
    };
    const first = [changed(one as LivePage), changed(one as LivePage)];
    for (const other of others) changed(other);
    const last = [changed(one as LivePage), changed(one as LivePage), changed(one as LivePage)];
    expect(first.map((element) => element === last[0])).toEqual([false, false]);
    expect([last[1] === last[0], last[2] === last[1]]).toEqual([false, true]);
  });

  const word = fc.constantFrom("a", "b", "c", "d", "e");
  const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
  const change = fc.oneof(
    words.map((some) => ({ 0: { k: { ...entries(...some), kc: some.length } } })),
    fc.tuple(word, word).map(([id, text]) => ({ 0: { k: { 0: { 0: id, 1: text }, kc: 1 } } })),
    fc.tuple(fc.constantFrom(-1, 0, 1), words).map(([at, some]) => ({ 0: stream(at, ...some) })),
    fc.constantFrom(
      { 1: "<hr>" },
      { 1: "" },
      { 1: "</div>" },
      { c: { 1: { 0: "x" } } },
      { c: { 1: { 0: "y" } } },
    ),
    words.map((some) => ({ 0: { s: ITEM, k: entries(...some) } })),
    words.map((some) => ({ 0: { s: ITEM, ...stream(-1, ...some) } })),
    fc.constant({ 0: { s: ITEM, k: { 0: { 0: "z", 1: 1, 2: "" }, 1: { 0: "y", 1: "y", 2: "" }, kc: 2 } } }),
  );

  it.each([
    ["a container", ""],
    ["one that appends", ' phx-update="append"'],
  ])("is what all of its HTML is parsed to, whatever comes: %s", (_name, attributes) => {
    const join = {
      ...page({ s: ITEM, k: entries("a", "b") }, attributes),
      c: { 1: { s: ["<i>", "</i>"], 0: "x" } },
    };
    fc.assert(
      fc.property(fc.array(change, { minLength: 3, maxLength: 12 }), (changes) => {
        const interner = new Interner();
        const livePage = new LivePage(READER, diffOf(join, interner));
        for (const one of changes) {
          try {
            livePage.apply(diffOf(one, interner));
          } catch (error) {
            // What does not fit what is there now, as a stream's operations a list, changes nothing.
            if (!(error instanceof BenchError)) throw error;
          }
          const { tree, held } = livePage;
          const whole = parseHtml(treeToHtml(tree, { held, marksComponents: true }));
          expect(getOuterHTML(livePage.document())).toBe(getOuterHTML(whole));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("an element of a stream's container that is no item", () => {
  const EMPTY = '<p id="empty">nothing yet</p>';

  it("is passed over, and items stay before it", () => {
    const apply = open(page({ s: [EMPTY, ""], 0: { s: ITEM, ...stream(-1, "a") } }));
    expect(ids(apply({ 0: { 0: stream(-1, "b") } }))).toBe("a b");
  });

  it("counts where another list rendered it", () => {
    const line = { s: ['<hr id="', '">'], k: { 0: { 0: "line" }, kc: 1 } };
    const apply = open(page({ s: ["", "", ""], 0: line, 1: { s: ITEM, ...stream(-1, "a") } }));
    expect(ids(apply({ 0: { 1: stream(2, "b") } }))).toBe("a b");
    expect(ids(apply({ 0: { 1: stream(2, "c") } }))).toBe("a c b");
  });

  it("counts where it comes later", () => {
    const apply = open(page({ s: ["", "", ""], 0: "", 1: { s: ITEM, ...stream(-1, "a") } }));
    apply({ 0: { 0: EMPTY } });
    expect(ids(apply({ 0: { 1: stream(2, "b") } }))).toBe("a b");
    expect(ids(apply({ 0: { 1: stream(2, "c") } }))).toBe("a c b");
  });
});

describe("a diff that is refused leaves everything as it was", () => {
  const side = (id: string) => ({ k: entries(id), stream: ["1", [[id, -1, null, false]], []] });
  const bad = { k: { 0: { 0: "", 1: "no id", 2: "" }, kc: 1 } };

  it.each<[string, unknown, object]>([
    [
      "an item of a stream",
      { s: ITEM, ...stream(-1, "a") },
      { ...bad, stream: ["0", [["x", -1, null, false]], []] },
    ],
    ["an item of a list", { s: ITEM, k: entries("a") }, bad],
    ["another list in its place", { s: ITEM, k: entries("a") }, { s: ITEM, ...bad }],
    [
      "another stream in its place",
      { s: ITEM, ...stream(-1, "a") },
      { s: ITEM, ...bad, stream: ["2", [["x", -1, null, false]], []] },
    ],
    ["a component that is missing", { s: ITEM, k: entries("a") }, { k: { 0: { 1: 7 }, kc: 1 } }],
  ])("%s", (_name, list, change) => {
    const apply = open({ ...page(list), 1: { s: ITEM, ...side("x") }, t: "before" });
    const livePage = apply({});
    const seen = () => [livePage.items, livePage.title, livePage.html(), livePage.document()];
    const before = seen();
    expect(() => apply({ 0: change, 1: side("y"), t: "after" })).toThrow(BenchError);
    expect(seen().map((part, i) => part === before[i])).toEqual([true, true, true, true]);
    const later = livePage.apply(diffOf({ 1: side("z") }));
    expect(later).toEqual(noChange(livePage.items));
    expect(livePage.html()).toContain('<p id="x"><b>x</b></p><p id="z"><b>z</b></p>');
  });

  it("also where streams were lost on the way", () => {
    const join = { ...page({ s: ITEM, ...stream(-1, "a") }), 1: { s: ITEM, ...side("x") } };
    const apply = open(join);
    const before = apply({}).html();
    expect(() => apply({ 0: { s: ITEM, ...bad }, 1: "" })).toThrow(BenchError);
    expect(apply({}).html()).toBe(before);
  });
});

describe("users who are sent the same", () => {
  it("diff twice in a row have it applied twice: what it inserts is there already, and was sent again", () => {
    const interner = new Interner();
    const livePage = new LivePage(READER, diffOf(page({ s: ITEM, ...stream(-1, "a") }), interner));
    const diff = diffOf({ 0: stream(-1, "b") }, interner);
    expect(livePage.apply(diff)).toMatchObject({ inserted: ["b"], updated: [], repeated: [] });
    expect(livePage.apply(diff)).toMatchObject({ inserted: [], updated: ["b"], repeated: ["b"] });
  });

  const texts = (livePage: LivePage) => livePage.items.map(({ text }) => text).join(" ");
  const list = (word: string) => ({ s: ITEM, k: { ...entries("a", word), kc: 2 } });

  it.each<[string, (word: string) => object, object, string]>([
    ["a list", list, { k: { 0: { 1: "new" }, kc: 2 } }, "new"],
    ["a stream", (word) => ({ s: ITEM, ...stream(-1, "a", word) }), stream(-1, "c"), "a"],
  ])("see each their own list, where they started from another one: %s", (_name, join, diff, first) => {
    const interner = new Interner();
    const shared = diffOf({ 0: diff }, interner);
    const pages = ["x", "y", "x"].map((word) => new LivePage(READER, diffOf(page(join(word)), interner)));
    for (const livePage of pages) livePage.apply(shared);
    const last = "stream" in diff ? " c" : "";
    expect(pages.map(texts)).toEqual([`${first} x${last}`, `${first} y${last}`, `${first} x${last}`]);
    expect(pages[2]?.items).toBe(pages[0]?.items);
  });
});

it("the title is the last one that was sent", () => {
  const apply = open({ ...page(""), t: "first" });
  expect(apply({}).title).toBe("first");
  expect(apply({ t: "second" }).title).toBe("second");
});

it("a container that appends keeps what was rendered before", () => {
  const apply = open(page({ s: ITEM, k: entries("a", "b") }, ' phx-update="append"'));
  expect(ids(apply({ 0: { k: { ...entries("c"), kc: 1 } } }))).toBe("a b c");
  expect(apply({ 0: { k: { 0: { 0: "a", 1: "new" }, kc: 1 } } }).items[0]?.text).toBe("new");
});

it("a join leaves what stands in such a container where it was", () => {
  const join = diffOf(page({ s: ITEM, k: entries("c", "a", "b") }, ' phx-update="append"'), new Interner());
  const livePage = new LivePage(READER, join, "here", new Map([["list", ["a", "b"]]]));
  expect(ids(livePage)).toBe("a b c");
  expect(livePage.appended).toEqual(new Map([["list", ["a", "b", "c"]]]));
});

it("the page's HTML has all that such a container keeps", () => {
  const apply = open(page({ s: ITEM, k: entries("a", "b") }, ' phx-update="append"'));
  const livePage = apply({ 0: { k: { 0: { 0: "c", 1: "c" }, kc: 1 } } });
  expect(livePage.html()).toBe(
    '<main><div id="list" phx-update="append"><p id="a"><b>a</b></p><p id="b"><b>b</b></p><p id="c"><b>c</b></p></div></main>',
  );
});

it("elements that are not to be seen are counted, and are no items", () => {
  const item = ['<p id="', '"', "><b>", "</b></p>"];
  const entry = (id: string, hidden: string) => ({ 0: id, 1: hidden, 2: id });
  const shown = { s: item, k: { 0: entry("a", ""), 1: entry("b", ""), kc: 2 } };
  const apply = open(page(shown, ' phx-update="append"'));
  expect(apply({}).hiddenCount).toBe(0);
  const after = apply({ 0: { s: item, k: { 0: entry("a", " hidden"), kc: 1 } } });
  expect([ids(after), after.hiddenCount]).toEqual(["b", 1]);
});

it("a container may turn from one that appends to one that prepends", () => {
  const join = {
    s: ['<div id="list"', ">", "</div>"],
    0: ' phx-update="append"',
    1: { s: ITEM, k: entries("b") },
  };
  const apply = open(join);
  expect(ids(apply({ 0: ' phx-update="prepend"', 1: { k: entries("a") } }))).toBe("a b");
  expect(ids(apply({ 0: ' phx-update="append"', 1: { k: entries("c") } }))).toBe("a b c");
});

it("an item that is hidden is not among those that a user sees, and may be there again", () => {
  const item = ['<p id="', '"', "><b>", "</b>", "</p>"];
  const entry = (id: string, hidden: string) => ({ 0: id, 1: hidden, 2: id, 3: "" });
  const list = { s: item, k: { 0: entry("a", ""), 1: entry("b", " hidden"), kc: 2 } };
  const apply = open(page(list));
  expect(ids(apply({}))).toBe("a");
  expect(ids(apply({ 0: { k: { 0: { 1: " hidden" }, 1: { 1: "" }, kc: 2 } } }))).toBe("b");
});
