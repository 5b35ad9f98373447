import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, items, remove } from "./operations.ts";

const start = { items: items("a", "b", "c") };
const list = ["a", "b", "c"];
const leaving = { items: items("a", "b", "c"), transition: true };

/**
 * Case 8. Seen in Chrome with the official client 1.2.10, on a stream: the server sends the insert and the delete, in whichever
 * order it was told them, and the client deletes what is on the page before it inserts. So a new item that is deleted in the
 * render that inserts it stays. After each step of this case the page showed
 *
 * 1. insert d, delete d: `a b c d`
 * 2. delete d, in a render of its own: `a b c`
 * 3. insert e at 0, delete e: `e a b c`
 * 4. insert e again, with the text E: `E a b c`, since an item that is there is changed in place
 * 5. delete e: `a b c`
 *
 * A list in assigns never holds the item when it is rendered: there steps 1 and 3 change nothing, and step 4 adds it last.
 * Source: `dom_patch.ts` of phoenix_live_view 1.2.10, where the deletes of a stream come before its inserts.
 */
const INSERT_AND_DELETE_OF_NEW: StreamCase = {
  number: 8,
  name: "an insert and a delete of one new id in one render",
  start,
  list,
  steps: [
    {
      perform: [insert("d"), remove("d")],
      list: { otherwise: ["a", "b", "c"], stream: ["a", "b", "c", "d"] },
    },
    { perform: [remove("d")], list: ["a", "b", "c"] },
    {
      perform: [insert("e", { at: 0 }), remove("e")],
      list: { otherwise: ["a", "b", "c"], stream: ["e", "a", "b", "c"] },
    },
    {
      perform: [insert("e=E")],
      list: { otherwise: ["a", "b", "c", "e=E"], stream: ["e=E", "a", "b", "c"] },
    },
    { perform: [remove("e")], list: ["a", "b", "c"] },
  ],
};

/**
 * Case 8, of an item that is there. Seen in Chrome with the official client 1.2.10, on a stream: it is deleted and then inserted,
 * so it moves to the place of the insert: insert b with the text B, delete b showed `a c B`. In assigns it is gone.
 */
const INSERT_AND_DELETE_OF_KNOWN: StreamCase = {
  number: 8,
  part: "known",
  name: "an insert and a delete of an id that is there, in one render",
  start,
  list,
  steps: [
    {
      perform: [insert("b=B"), remove("b")],
      list: { otherwise: ["a", "c"], stream: ["a", "c", "b=B"] },
    },
  ],
};

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
  INSERT_AND_DELETE_OF_NEW,
  INSERT_AND_DELETE_OF_KNOWN,
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
