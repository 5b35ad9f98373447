import { expect, it } from "vitest";
import { reachableComponents, withoutComponents } from "../../../harness/protocol/reachable-components.ts";
import { treeToHtml } from "../../../harness/protocol/to-html.ts";
import { treeOf } from "./tree.ts";

const leaf = (text: string) => ({ s: [text] });
const list = (...cids: readonly number[]) => ({
  s: ["", ""],
  k: { ...cids.map((cid) => ({ 0: cid })), kc: cids.length },
});
const asRendered = () => null;

it.each<[string, object, readonly object[], readonly number[]]>([
  ["none where there are none", { s: ["a"] }, [], []],
  [
    "those in a slot",
    { s: ["", "", ""], 0: 1, 1: 2, c: { 1: leaf("a"), 2: leaf("b"), 3: leaf("c") } },
    [],
    [1, 2],
  ],
  ["those in a template", { s: ["", ""], 0: { s: ["", ""], 0: 1 }, c: { 1: leaf("a") } }, [], [1]],
  ["those in a list", { s: ["", ""], 0: list(1, 2), c: { 1: leaf("a"), 2: leaf("b") } }, [], [1, 2]],
  ["those in others", { s: ["", ""], 0: 1, c: { 1: { s: ["", ""], 0: 2 }, 2: leaf("b") } }, [], [1, 2]],
  ["those that were replaced no more", { s: ["", ""], 0: 1, c: { 1: leaf("a") } }, [{ 0: "" }], []],
  [
    "those that left a list no more",
    { s: ["", ""], 0: list(1, 2), c: { 1: leaf("a"), 2: leaf("b") } },
    [{ 0: { k: { kc: 1 } } }],
    [1],
  ],
  ["those in a circle once", { s: ["", ""], 0: 1, c: { 1: { s: ["", ""], 0: 1 } } }, [], [1]],
])("the components on a page: %s", (_name, join, diffs, expected) => {
  expect([...reachableComponents(treeOf(join, ...diffs), asRendered)].sort()).toEqual(expected);
});

it("what a stream's container holds counts, not what its last render brought", () => {
  const stream = (cid: number, id: string) => ({
    s: ["<p>", "</p>"],
    k: { 0: { 0: cid }, kc: 1 },
    stream: ["0", [[id, -1, null, false]], []],
  });
  const join = { s: ["", ""], 0: stream(1, "a"), c: { 1: leaf("a"), 2: leaf("b") } };
  const before = treeOf(join);
  const [slot] = before.root.slots;
  const [first] = typeof slot === "object" && slot.kind === "comprehension" ? slot.entries : [];
  const { s: _statics, ...next } = stream(2, "b");
  const after = treeOf(join, { 0: next });
  const held = () => (first === undefined ? [] : [{ statics: ["<p>", "</p>"], entry: first }]);
  expect([...reachableComponents(after, held)]).toEqual([1]);
});

it("a component that is gone cannot be rendered any more", () => {
  const tree = treeOf({ s: ["", ""], 0: 1, c: { 1: leaf("a"), 2: leaf("b") } });
  expect(treeToHtml(withoutComponents(tree, [2]))).toBe("a");
  expect(() => treeToHtml(withoutComponents(tree, [1]))).toThrow(/component 1 .* never sent/u);
});
