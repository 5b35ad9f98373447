import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, insertAll, items } from "./operations.ts";

const start = { items: items("a", "b", "c") };
const list = ["a", "b", "c"];

/** Where inserted items come to stand, and that known ones stay where they are. */
export const INSERT_CASES: readonly StreamCase[] = [
  {
    number: 1,
    name: "an insert of a new id at -1 comes last",
    start,
    list,
    steps: [
      { perform: [insert("d")], list: ["a", "b", "c", "d"] },
      { perform: [insert("e")], list: ["a", "b", "c", "d", "e"] },
    ],
  },
  {
    number: 2,
    name: "a bulk insert at -1 keeps the order given",
    start,
    list,
    steps: [{ perform: [insertAll(["f", "d", "e"])], list: ["a", "b", "c", "f", "d", "e"] }],
  },
  {
    number: 3,
    name: "inserts at 0, one by one, come first each",
    start,
    list,
    steps: [
      { perform: [insert("d", { at: 0 })], list: ["d", "a", "b", "c"] },
      { perform: [insert("e", { at: 0 })], list: ["e", "d", "a", "b", "c"] },
    ],
  },
  {
    number: 4,
    name: "a bulk insert at 0 is reversed",
    start,
    list,
    steps: [
      { perform: [insertAll(["d", "e", "f"], { at: 0 })], list: ["f", "e", "d", "a", "b", "c"] },
      { perform: [insert("g")], list: ["f", "e", "d", "a", "b", "c", "g"] },
    ],
  },
  {
    number: 5,
    name: "a bulk insert at an index stands there together, the last one first",
    start,
    list,
    steps: [
      { perform: [insertAll(["f", "e", "d"], { at: 1 })], list: ["a", "d", "e", "f", "b", "c"] },
      { perform: [insert("g", { at: 5 })], list: ["a", "d", "e", "f", "b", "g", "c"] },
      { perform: [insert("h", { at: 7 })], list: ["a", "d", "e", "f", "b", "g", "c", "h"] },
      { perform: [insert("i", { at: 99 })], list: ["a", "d", "e", "f", "b", "g", "c", "h", "i"] },
    ],
  },
  {
    number: 6,
    name: "an insert of an id that is there changes it in place, at whatever index",
    start,
    list,
    steps: [
      { perform: [insert("b=B")], list: ["a", "b=B", "c"] },
      { perform: [insert("c=C [new]", { at: 0 })], list: ["a", "b=B", "c=C [new]"] },
      { perform: [insertAll(["a=A", "d", "b=b again"])], list: ["a=A", "b=b again", "c=C [new]", "d"] },
      { perform: [insertAll(["d=D", "a"], { at: 0 })], list: ["a", "b=b again", "c=C [new]", "d=D"] },
    ],
  },
  {
    number: 6,
    part: "index",
    name: "an insert of an id that is there changes it in place, at an index within",
    start,
    list,
    steps: [
      { perform: [insert("a=A", { at: 1 })], list: ["a=A", "b", "c"] },
      { perform: [insert("c=C", { at: 1 })], list: ["a=A", "b", "c=C"] },
    ],
  },
  {
    number: 46,
    name: "one before all others, then a change of the last",
    start,
    list,
    steps: [
      { perform: [insert("d", { at: 0 })], list: ["d", "a", "b", "c"] },
      { perform: [insert("c=C")], list: ["d", "a", "b", "c=C"] },
    ],
  },
  {
    number: 10,
    name: "of one id twice in one render the last is there, once",
    start,
    list,
    steps: [
      { perform: [insert("d=first"), insert("d=last")], list: ["a", "b", "c", "d=last"] },
      {
        perform: [insert("b=first"), insert("e"), insert("b=last")],
        list: ["a", "b=last", "c", "d=last", "e"],
      },
      { perform: [insertAll(["f=first", "f=last"])], list: ["a", "b=last", "c", "d=last", "e", "f=last"] },
    ],
  },
];
