import { describe, expect, it } from "vitest";
import { NO_NESTED_VIEWS, nestedViews } from "../../../harness/page/nested-views.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { merge } from "../../../harness/protocol/merge.ts";
import { diffOf, treeOf } from "../protocol/tree.ts";

const asRendered = () => null;
const child = (id: string) =>
  `<div id="${id}" data-phx-session="s-${id}" data-phx-static="" data-phx-parent-id="main">`;
const ids = (join: object, ...diffs: readonly object[]) =>
  nestedViews(treeOf(join, ...diffs), asRendered, NO_NESTED_VIEWS).views.map(({ id }) => id);

describe("the containers of views in what another one has rendered", () => {
  it("say what it takes to join them", () => {
    const sticky = '<div id="b" data-phx-session="s" data-phx-static="f" data-phx-sticky></div>';
    expect(
      nestedViews(treeOf({ s: ["<p>", "</p>"], 0: child("a") + sticky }), asRendered, NO_NESTED_VIEWS).views,
    ).toEqual([
      { id: "a", session: "s-a", static: null, parentId: "main", isSticky: false },
      { id: "b", session: "s", static: "f", parentId: null, isSticky: true },
    ]);
  });

  it.each<[string, object, readonly string[]]>([
    ["in slots", { s: ["", "", ""], 0: child("a"), 1: "x" }, ["a"]],
    ["in templates", { s: ["", ""], 0: { s: ["<p>", "</p>"], 0: child("a") } }, ["a"]],
    [
      "in components, each once",
      { s: ["", ""], 0: 1, c: { 1: { s: ["", "", ""], 0: child("a"), 1: 1 } } },
      ["a"],
    ],
    [
      "in lists",
      { s: ["", ""], 0: { s: ["<li>", "</li>"], k: { 0: { 0: child("a") }, 1: { 0: child("b") }, kc: 2 } } },
      ["a", "b"],
    ],
    [
      "spread over statics and slots",
      { s: ['<div id="', '" data-phx-session="', '"></div>'], 0: "a", 1: "s" },
      ["a"],
    ],
    [
      "spread over an entry's",
      {
        s: ["", ""],
        0: { s: ['<div id="', '" data-phx-session="s"></div>'], k: { 0: { 0: "a" }, 1: { 0: "b" }, kc: 2 } },
      },
      ["a", "b"],
    ],
    ["nowhere without an id", { s: ["", ""], 0: "<div data-phx-session='s'></div>" }, []],
  ])("are found %s", (_name, join, expected) => {
    expect(ids(join)).toEqual(expected);
  });

  it("are found in what a container holds, not in what was rendered last", () => {
    const tree = treeOf({
      s: ["", ""],
      0: { s: ["", ""], k: { 0: { 0: child("a") }, kc: 1 }, stream: ["0", [["a", -1, null, false]], []] },
    });
    expect(nestedViews(tree, () => [], NO_NESTED_VIEWS).views).toEqual([]);
  });

  it("are the same ones while nothing of theirs changes", () => {
    const interner = new Interner();
    const join = { s: ["", "", ""], 0: child("a"), 1: "x" };
    const before = nestedViews(treeOf(join), asRendered, NO_NESTED_VIEWS);
    const after = merge(treeOf(join), diffOf({ 1: "y" }, interner)).tree;
    expect(nestedViews(after, asRendered, before)).toBe(before);
    expect(ids(join, { 0: child("b") })).toEqual(["b"]);
  });
});
