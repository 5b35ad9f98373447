import { insert, items, remove } from "./operations.ts";
import type { StreamCase } from "./stream-case.ts";

const start = { items: items("a", "b", "c") };
const list = ["a", "b", "c"];
const leaving = { items: items("a", "b", "c"), transition: true };

/** Items that go, and those that come back. */
export const REMOVAL_CASES: readonly StreamCase[] = [
  {
    number: 7,
    name: "a delete and an insert of one id in one render move it",
    start,
    list,
    steps: [
      { perform: [remove("a"), insert("a")], list: ["b", "c", "a"] },
      { perform: [remove("c"), insert("c=C", { at: 0 })], list: ["c=C", "b", "a"] },
      { perform: [remove("a"), insert("a", { at: 1 })], list: ["c=C", "a", "b"] },
    ],
  },
  {
    number: 8,
    name: "an insert and a delete of one new id in one render",
    start,
    list,
    steps: [
      {
        perform: [insert("d"), remove("d")],
        // The client deletes before it inserts.
        list: { otherwise: ["a", "b", "c"], stream: ["a", "b", "c", "d"] },
      },
    ],
  },
  {
    number: 9,
    name: "a delete of an id that is not on the page does nothing",
    start,
    list,
    steps: [
      { perform: [remove("x")], list: ["a", "b", "c"], facts: { changes: 0, told: [] } },
      { perform: [remove("b")], list: ["a", "c"] },
      { perform: [remove("b")], list: ["a", "c"], facts: { changes: 0, told: [] } },
    ],
  },
  {
    number: 29,
    name: "an item that is added again in the same render does not go with its transition",
    start: leaving,
    list,
    steps: [
      {
        perform: [remove("b"), insert("b")],
        list: ["a", "c", "b"],
        facts: { kept: ["a", "c", "b"], order: [] },
      },
      {
        perform: [remove("a"), insert("a=A", { at: 0 })],
        list: ["a=A", "c", "b"],
        facts: { kept: ["a", "c", "b"], order: [] },
      },
    ],
  },
  {
    number: 30,
    name: "a delete with a transition takes the item away after it, not before",
    start: leaving,
    list,
    steps: [
      {
        perform: [remove("b")],
        until: "destroyed b",
        list: ["a", "c"],
        facts: { order: ["hide-start b", "hide-end b", "destroyed b"] },
      },
      {
        perform: [remove("a"), insert("d")],
        until: "destroyed a",
        list: ["c", "d"],
        facts: { order: ["mounted d", "hide-start a", "hide-end a", "destroyed a"] },
      },
    ],
  },
];
