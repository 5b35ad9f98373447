import { expect, test } from "vitest";
import { createListReader } from "../../../harness/page/list-reader.ts";
import { LivePage } from "../../../harness/page/live-page.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { diffOf } from "../protocol/tree.ts";

const READER = createListReader({ list: "#none", fields: {} });

/** A render of a stream that inserts this word at the end. */
const insert = (ref: string, word: string) => ({
  s: ['<i id="', '"></i>'],
  k: { 0: { 0: word }, kc: 1 },
  stream: [ref, [[word, -1, null, false]], []],
});

/** A room with a stream of its own, as an entry of a list. */
const room = (name: string, list: unknown) => ({ 0: name, 1: list });
const ROOMS = ['<div id="', '">', "</div>"];

/** A page whose streams get these diffs, one after the other. */
function htmlAfter(join: object, ...diffs: readonly object[]): string {
  const interner = new Interner();
  const page = new LivePage(READER, diffOf(join, interner), "elsewhere");
  for (const diff of diffs) page.apply(diffOf(diff, interner));
  return page.html();
}

const rooms = (k: object) => ({ s: ["", "|", ""], 0: { s: ROOMS, k }, 1: "" });
const TWO_ROOMS = rooms({ 0: room("a", insert("0", "a1")), 1: room("b", insert("1", "b1")), kc: 2 });

test("a stream within an entry of a list keeps its elements where another one leaves the page", () => {
  const lobby = { ...TWO_ROOMS, 1: { s: ["<p>", "</p>"], 0: insert("9", "x") } };
  const again = { 0: { k: { 0: { 1: insert("0", "a2") }, kc: 2 } } };
  expect(htmlAfter(lobby, again, { 1: "gone" })).toBe(
    '<div id="a"><i id="a1"></i><i id="a2"></i></div><div id="b"><i id="b1"></i></div>|gone',
  );
});

test.each<[string, object]>([
  ["replaced", { 0: { k: { 1: room("c", ""), kc: 2 } } }],
  ["dropped", { 0: { k: { kc: 1 } } }],
])("a stream within an entry of a list that is %s comes back empty", (_what, diff) => {
  const back = { 0: { k: { 1: room("b", insert("1", "b2")), kc: 2 } } };
  expect(htmlAfter(TWO_ROOMS, diff, back)).toBe(
    '<div id="a"><i id="a1"></i></div><div id="b"><i id="b2"></i></div>|',
  );
});

test("a stream in a component that left the page, which the tree keeps, comes back empty", () => {
  const component = { s: ["<b>", "</b>"], 0: insert("1-0", "c1") };
  const join = { s: ["", ""], 0: { s: ["<p>", "</p>"], 0: 1 }, c: { 1: component } };
  const away = { 0: "away" };
  const back = { 0: { s: ["<p>", "</p>"], 0: 1 }, c: { 1: { ...component, 0: insert("1-0", "c2") } } };
  expect(htmlAfter(join, away, back)).toBe('<p><b><i id="c2"></i></b></p>');
});
