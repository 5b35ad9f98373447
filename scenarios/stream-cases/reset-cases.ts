import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, insertAll, items, remove, reset } from "./operations.ts";

const start = { items: items("a", "b", "c", "d") };
const list = ["a", "b", "c", "d"];

/** Lists that are replaced as a whole. */
export const RESET_CASES: readonly StreamCase[] = [
  {
    number: 12,
    name: "a reset to the same items in another order",
    start,
    list,
    steps: [
      { perform: [reset("b", "a", "c", "d")], list: ["b", "a", "c", "d"] },
      { perform: [reset("d", "c", "a", "b")], list: ["d", "c", "a", "b"] },
    ],
  },
  {
    number: 13,
    name: "a reset to a mix of old and new items",
    start,
    list,
    steps: [
      { perform: [reset("x", "b", "y", "d")], list: ["x", "b", "y", "d"] },
      { perform: [reset("d=D", "z", "x")], list: ["d=D", "z", "x"] },
    ],
  },
  {
    number: 14,
    name: "a filter by reset, then a reset back",
    start,
    list,
    steps: [
      { perform: [reset("b", "d")], list: ["b", "d"] },
      { perform: [reset("a", "b", "c", "d")], list: ["a", "b", "c", "d"] },
    ],
  },
  {
    number: 15,
    name: "a filter by reset, then one before and one behind",
    start,
    list,
    steps: [
      { perform: [reset("b", "c")], list: ["b", "c"] },
      { perform: [insert("x", { at: 0 })], list: ["x", "b", "c"] },
      { perform: [insert("a")], list: ["x", "b", "c", "a"] },
    ],
  },
  {
    number: 16,
    name: "a reset that changes the attributes of items that stay",
    start: { items: items("a", "b [old]", "c [old]") },
    list: ["a", "b [old]", "c [old]"],
    steps: [{ perform: [reset("a [new]", "b [new]", "c")], list: ["a [new]", "b [new]", "c"] }],
  },
  {
    number: 45,
    name: "the first goes, others move, and one moves and changes",
    start,
    list,
    steps: [
      { perform: [remove("a")], list: ["b", "c", "d"] },
      { perform: [reset("d", "b", "c")], list: ["d", "b", "c"] },
      { perform: [reset("c=C [moved]", "d", "b")], list: ["c=C [moved]", "d", "b"] },
    ],
  },
  {
    number: 17,
    name: "a reset to nothing, then inserts",
    start,
    list,
    steps: [
      { perform: [reset()], list: [] },
      { perform: [insertAll(["b", "x"])], list: ["b", "x"] },
      { perform: [reset(), insert("y"), insert("b=B", { at: 0 })], list: ["b=B", "y"] },
      { perform: [remove("y"), reset()], list: [] },
    ],
  },
];
