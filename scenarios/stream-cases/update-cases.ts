import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, insertAll, items, note, remove, reset } from "./operations.ts";

const start = { items: items("a", "b", "c") };
const list = ["a", "b", "c"];
const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Changes of items, and of what is beside them. */
export const UPDATE_CASES: readonly StreamCase[] = [
  {
    number: 24,
    name: "an update only, of an absent id does nothing, of one that is there changes it in place",
    start,
    list,
    steps: [
      {
        perform: [insert("x", { updateOnly: true })],
        list: ["a", "b", "c"],
        facts: { changes: 0, told: [] },
      },
      { perform: [insert("b=B [new]", { updateOnly: true, at: 0 })], list: ["a", "b=B [new]", "c"] },
      {
        perform: [remove("b"), insert("b", { updateOnly: true })],
        list: { otherwise: ["a", "c"], stream: ["a", "c", "b"] },
      },
    ],
  },
  {
    number: 27,
    name: "a change of another assign sends no item again",
    start,
    list,
    steps: [
      {
        perform: [note("said")],
        list: ["a", "b", "c"],
        facts: { changes: 0, told: [] },
        sent: ["1", "said"],
      },
    ],
  },
  {
    number: 34,
    name: "many updates leave no text nodes behind",
    start,
    list,
    steps: [
      ...times(5).map((n) => ({ perform: [insert(`b=${n}`)], list: ["a", `b=${n}`, "c"] })),
      {
        perform: [insertAll(["d", "e"]), insert("a=A")],
        list: ["a=A", "b=4", "c", "d", "e"],
        facts: { textNodes: { otherwise: 2, append: 0 } },
      },
    ],
  },
  {
    number: 35,
    name: "the hooks of items are told once of each coming and each change",
    start,
    list,
    facts: { told: ["mounted a", "mounted b", "mounted c"] },
    steps: [
      {
        perform: [insert("d")],
        list: ["a", "b", "c", "d"],
        facts: {
          told: { otherwise: ["mounted d"], resend: ["mounted d", "updated a", "updated b", "updated c"] },
        },
      },
      {
        perform: [insert("b=B")],
        list: ["a", "b=B", "c", "d"],
        facts: {
          told: { otherwise: ["updated b"], resend: ["updated a", "updated b", "updated c", "updated d"] },
        },
      },
      { perform: [note("said")], list: ["a", "b=B", "c", "d"], facts: { told: [] } },
    ],
  },
  {
    number: 35,
    part: "going",
    name: "the hooks of items are told once of each going",
    start,
    list,
    steps: [
      {
        perform: [remove("a")],
        list: ["b", "c"],
        facts: {
          told: {
            otherwise: ["destroyed a"],
            resend: ["destroyed a", "updated b", "updated c"],
            stateful: ["destroyed a", "updated b", "updated c"],
          },
        },
      },
      {
        perform: [insert("a", { at: 0 })],
        list: ["a", "b", "c"],
        facts: {
          told: {
            otherwise: ["mounted a"],
            resend: ["mounted a", "updated b", "updated c"],
            stateful: ["mounted a", "updated b", "updated c"],
          },
        },
      },
      {
        perform: [reset("c", "x")],
        list: ["c", "x"],
        facts: {
          told: {
            otherwise: ["destroyed a", "destroyed b", "mounted x"],
            resend: ["destroyed a", "destroyed b", "mounted x", "updated c"],
            stateful: ["destroyed a", "destroyed b", "mounted x", "updated c"],
            stream: ["destroyed a", "destroyed b", "mounted x", "updated c"],
          },
        },
      },
    ],
  },
];
