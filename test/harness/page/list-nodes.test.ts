import { type ChildNode, type Document, isComment, isTag, isText, type ParentNode } from "domhandler";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { findAll, parseHtml } from "../../../harness/page/html.ts";
import { type ListedPage, ListNodes } from "../../../harness/page/list-nodes.ts";
import type { Comprehension, Entry, Rendered, Slot, Statics } from "../../../harness/protocol/rendered.ts";
import { treeToHtml } from "../../../harness/protocol/to-html.ts";
import { entryCases } from "./entry-arbitrary.ts";

type HeldEntries = readonly { readonly statics: Statics; readonly entry: Entry }[];

const ITEM: Statics = ['\n<p id="', '"><b>', "</b></p>"];

const entryOf = (slots: readonly Slot[], mayHoldComponents = false): Entry => ({
  kind: "entry",
  slots,
  mayHoldComponents,
  mayHoldStreams: false,
});
const rendered = (statics: Statics, slots: readonly Slot[]): Rendered => ({
  kind: "rendered",
  statics,
  slots,
  mayHoldStreams: false,
});
const item = (id: string) => ({ statics: ITEM, entry: entryOf([id, id]) });

/** A page with a list in a template of three slots: what stands in front of it, the list, and what stands behind it. */
function pageOf(
  around: Statics,
  held: HeldEntries,
  beside: readonly [Slot, Slot] = ["", ""],
  components: ListedPage["tree"]["components"] = new Map(),
): ListedPage {
  const list: Comprehension = {
    kind: "comprehension",
    statics: ITEM,
    entries: [],
    stream: null,
    mayHoldStreams: false,
  };
  const tree = { root: rendered(around, [beside[0], list, beside[1]]), components };
  return { tree, held: (one) => (one === list ? held : null), list, path: [1] };
}

const wholeParse = ({ tree, held }: ListedPage) =>
  parseHtml(treeToHtml(tree, { held, marksComponents: true }));

/** All that is in a document, texts that stand side by side as one. */
function contentOf({ children }: ParentNode): readonly unknown[] {
  const content: unknown[] = [];
  for (const node of children) {
    const last = content.at(-1);
    if (isText(node)) {
      if (typeof last === "string") content[content.length - 1] = last + node.data;
      else content.push(node.data);
    } else if (isTag(node)) content.push([node.name, node.attribs, contentOf(node)]);
    else content.push([node.type, isComment(node) ? node.data : "children" in node ? contentOf(node) : null]);
  }
  return content;
}

/** Where a node does not know its parent or its neighbours. */
function brokenLinks(parent: ParentNode): readonly ChildNode[] {
  return parent.children.flatMap((node, i, all) => {
    const isSound =
      node.parent === parent && node.prev === (all[i - 1] ?? null) && node.next === (all[i + 1] ?? null);
    return [...(isSound ? [] : [node]), ...("children" in node ? brokenLinks(node) : [])];
  });
}

const elementIds = (document: Document | null) =>
  document === null ? null : findAll(isTag, document).flatMap(({ attribs }) => attribs.id ?? []);

const AROUND = fc.constantFrom<Statics>(
  ["<main>", '<div id="list">', "</div>", "</main>"],
  ["", "<ul>\n", "\n</ul>", ""],
  ["", "", "", ""],
  ["<form>", "<p>", "</p>", "</form>"],
  ["<table>", "<tr><td>", "</td></tr>", "</table>"],
  ["<svg>", "<g>", "</g>", "</svg>"],
  ["", "<textarea>", "</textarea>", ""],
  ["", "<script>", "</script>", ""],
  ["", '<i title="', '">', "</i>"],
  ["<b>", "<div>a", "b</div>", "</b>"],
  ["<b>", "<div><", "></div>", "</b>"],
  ["<div><span>", "<ul>", "</ul>", "</span></div>"],
);
const BESIDE = fc.constantFrom<Slot>("", "x", "<hr>", "<li>", "</div>", "<!--", "</b>", 1);

test("a DOM is what the whole page is parsed to, whatever entries come, go, move and change", () => {
  const steps = fc.array(
    fc.record({
      around: AROUND,
      isAnother: fc.boolean(),
      beside: fc.tuple(BESIDE, BESIDE),
      chosen: fc.array(fc.nat(30), { maxLength: 6 }),
      component: fc.constantFrom("<p>one</p>", "<p>other</p>", "<i>", "</b>text"),
    }),
    { minLength: 2, maxLength: 6 },
  );
  let made = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(entryCases, { maxLength: 3 }), steps, (cases, changes) => {
      const plain = ["a", "b", "c", "d"].map(item);
      const odd = cases.flatMap(({ statics, entries }) => entries.map((entry) => ({ statics, entry })));
      const withComponent = { statics: ['\n<li id="c">', "</li>"], entry: entryOf([1], true) };
      const pool = [...plain, withComponent, ...odd];
      const nodes = new ListNodes();
      let around = changes[0]?.around ?? [];
      for (const change of changes) {
        if (change.isAnother) around = change.around;
        const held = change.chosen.flatMap((at) => pool[at % pool.length] ?? []);
        const components = new Map([[1, rendered([change.component], [])]]);
        const page = pageOf(around, held, change.beside, components);
        const document = nodes.parse(page);
        if (document === null) refused += 1;
        else {
          made += 1;
          expect(contentOf(document)).toEqual(contentOf(wholeParse(page)));
          expect(brokenLinks(document)).toEqual([]);
        }
      }
    }),
    { numRuns: 1_500, seed: 1 },
  );
  expect([made > 1_500, refused > 500]).toEqual([true, true]);
});

describe("elements stay the same from one DOM to the next", () => {
  const AT = ["<main>", '<div id="list">', "</div>", "</main>"];
  const [a, b, c] = ["a", "b", "c"].map(item) as [HeldEntries[0], HeldEntries[0], HeldEntries[0]];
  const elements = (document: Document | null) =>
    findAll((node) => isTag(node) && node.name === "p", document ?? []);

  it("where their entries do, whatever surrounds them", () => {
    const nodes = new ListNodes();
    const [first, second] = elements(nodes.parse(pageOf(AT, [a, b])));
    const document = nodes.parse(pageOf(AT, [b, c, a], ["<hr>", "x"]));
    expect(elementIds(document)).toEqual(["list", "b", "c", "a"]);
    const after = elements(document);
    expect([after[0] === second, after[2] === first]).toEqual([true, true]);
  });

  it("where other entries have come to be what they were", () => {
    const nodes = new ListNodes();
    const before = elements(nodes.parse(pageOf(AT, [a, b])));
    const after = elements(nodes.parse(pageOf(AT, ["c", "a", "a"].map(item))));
    expect(after.map(({ attribs }) => attribs.id)).toEqual(["c", "a", "a"]);
    expect(after.map((one) => before.indexOf(one))).toEqual([-1, 0, -1]);
  });

  it("not where the elements around them are others", () => {
    const nodes = new ListNodes();
    const [before] = elements(nodes.parse(pageOf(AT, [a])));
    const [after] = elements(nodes.parse(pageOf(["<main>", "<ul>", "</ul>", "</main>"], [a])));
    expect([after?.attribs.id, after === before]).toEqual(["a", false]);
  });

  it("nor where a component within them has changed", () => {
    const nodes = new ListNodes();
    const held = [{ statics: ITEM, entry: entryOf(["a", 1], true) }];
    const [one, again, other] = ["one", "one", "other"].map((text) => {
      const page = pageOf(AT, held, ["", ""], new Map([[1, rendered([`<i>${text}</i>`], [])]]));
      return elements(nodes.parse(page))[0];
    });
    expect([one === again, one === other]).toEqual([true, false]);
  });

  it("nor where the same slots stand in other statics", () => {
    const nodes = new ListNodes();
    const ids = [ITEM, ['<p id="', '" class="', '"></p>']].map((statics) =>
      elements(nodes.parse(pageOf(AT, [{ ...a, statics }]))).map(({ attribs }) => attribs),
    );
    expect(ids).toEqual([[{ id: "a" }], [{ id: "a", class: "a" }]]);
  });

  it("nor where they were forgotten", () => {
    const nodes = new ListNodes();
    const [before] = elements(nodes.parse(pageOf(AT, [a])));
    nodes.clear();
    expect(elements(nodes.parse(pageOf(AT, [a])))[0] === before).toBe(false);
  });
});

describe("entries cannot be told apart", () => {
  const AT = ["<main>", "<div>", "</div>", "</main>"];
  const entry = (html: string) => ({ statics: [html], entry: entryOf([]) });

  it.each<[string, Statics, readonly string[]]>([
    ["that close what surrounds them", AT, ["<p></p></div>"]],
    ["that leave something open", AT, ["<p>"]],
    ["that end in the middle of something", AT, ["<p></p><"]],
    ["that end in text, which the next one goes on with", AT, ["<p></p>&am", "p;<p></p>"]],
    ["in a text area", ["", "<textarea>", "</textarea>", ""], ["<p></p>"]],
    ["in an attribute", ["", '<i title="', '"></i>', ""], ["<p></p>"]],
    ["before which something is left open", ["", "<div><", "</div>", ""], ["<p></p>"]],
    ["that hold views, whose elements are put into them", AT, ['<p data-phx-session="x"></p>']],
    ["that are what stands between others", AT, ["<!--\uE000entries\uE000-->"]],
  ])("%s", (_name, around, entries) => {
    expect(new ListNodes().parse(pageOf(around, entries.map(entry)))).toBeNull();
  });

  it("where the first of them is the root of a component", () => {
    const { tree, held, list } = pageOf(AT, [item("a")]);
    const root = rendered(["<main>", "</main>"], [1]);
    const components = new Map([[1, rendered(["", ""], [list])]]);
    const page = { tree: { ...tree, root, components }, held, list, path: [0, 0] };
    expect(new ListNodes().parse(page)).toBeNull();
    const within = { ...page.tree, components: new Map([[1, rendered(["<div>", "</div>"], [list])]]) };
    expect(elementIds(new ListNodes().parse({ ...page, tree: within }))).toEqual(["a"]);
  });

  it("where the list is there twice", () => {
    const { tree, held, list } = pageOf(AT, [item("a")]);
    const root = rendered(AT, [list, list, ""]);
    expect(new ListNodes().parse({ tree: { ...tree, root }, held, list, path: [1] })).toBeNull();
  });
});
