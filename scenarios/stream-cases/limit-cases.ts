import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, insertAll, items } from "./operations.ts";

const start = { items: items("a", "b", "c") };
const list = ["a", "b", "c"];

/** Lists that keep so many items. */
export const LIMIT_CASES: readonly StreamCase[] = [
  {
    number: 19,
    name: "a negative limit prunes the front as one comes last",
    start,
    list,
    steps: [
      {
        perform: [insert("d", { limit: -3 })],
        list: ["b", "c", "d"],
        facts: { told: ["destroyed a", "mounted d"] },
      },
      { perform: [insert("c=C", { limit: -3 })], list: ["b", "c=C", "d"] },
      { perform: [insert("e", { limit: -2 })], list: ["d", "e"] },
    ],
  },
  {
    number: 20,
    name: "a positive limit prunes the back as one comes first",
    start,
    list,
    steps: [
      { perform: [insert("d", { at: 0, limit: 3 })], list: ["d", "a", "b"] },
      { perform: [insert("e", { at: 0, limit: 2 })], list: ["e", "d"] },
    ],
  },
  {
    number: 21,
    name: "a limit of the other sign prunes nothing until it must, and then the new one",
    start,
    list,
    steps: [
      { perform: [insert("d", { limit: 4 })], list: ["a", "b", "c", "d"] },
      { perform: [insert("e", { limit: 4 })], list: ["a", "b", "c", "d"] },
      { perform: [insert("f", { at: 0, limit: -5 })], list: ["f", "a", "b", "c", "d"] },
      { perform: [insert("g", { at: 0, limit: -5 })], list: ["f", "a", "b", "c", "d"] },
    ],
  },
  {
    number: 22,
    name: "a bulk insert beyond the limit is pruned to it",
    start,
    list,
    steps: [
      { perform: [insertAll(["d", "e", "f", "g"], { limit: -3 })], list: ["e", "f", "g"] },
      { perform: [insertAll(["h", "i", "j", "k"], { at: 0, limit: 3 })], list: ["k", "j", "i"] },
      // The second one goes to index 1, and what is beyond goes each time.
      { perform: [insertAll(["l", "m", "n"], { at: 1, limit: 3 })], list: ["k", "n", "m"] },
    ],
  },
  {
    number: 23,
    name: "a limit is not applied to the page that is sent first, but when it joins",
    start: { items: items("a", "b", "c", "d"), limit: -2 },
    document: ["a", "b", "c", "d"],
    list: ["c", "d"],
    facts: { kept: ["c", "d"] },
    steps: [{ perform: [insert("e")], list: ["c", "d", "e"] }],
  },
];
