import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, items } from "./operations.ts";

const start = { items: items("a", "b") };

/** The page that is sent first, and what the join makes of it. */
export const JOIN_CASES: readonly StreamCase[] = [
  {
    number: 11,
    name: "an insert of an item of the first list, before the socket joins, does not show it twice",
    start: { ...start, mounted: [insert("b=B")] },
    list: ["a", "b=B"],
    facts: { kept: ["a", "b"], told: ["mounted a", "mounted b"] },
    steps: [{ perform: [insert("c")], list: ["a", "b=B", "c"] }],
  },
  {
    number: 11,
    part: "meanwhile",
    name: "an item that came between the page and its join, and is told again, is there once",
    start: { ...start, meanwhile: items("a", "b", "c") },
    document: ["a", "b"],
    list: ["a", "b", "c"],
    facts: { kept: ["a", "b"], told: ["mounted a", "mounted b", "mounted c"] },
    steps: [
      {
        perform: [insert("c=C")],
        list: ["a", "b", "c=C"],
        facts: { told: { otherwise: ["updated c"], resend: ["updated a", "updated b", "updated c"] } },
      },
    ],
  },
  {
    number: 25,
    name: "the join keeps the elements of the first page that are sent again, mounted once",
    start: { ...start, meanwhile: items("a", "b=B", "c", "d") },
    document: ["a", "b"],
    list: ["a", "b=B", "c", "d"],
    facts: { kept: ["a", "b"], told: ["mounted a", "mounted b", "mounted c", "mounted d"] },
    steps: [],
  },
  {
    number: 25,
    part: "front",
    name: "the join keeps the elements of the first page where they are no longer the first",
    start: { ...start, meanwhile: items("c", "b", "d", "a") },
    document: ["a", "b"],
    // What is known keeps its place in a container that appends, whatever is rendered around it.
    list: { otherwise: ["c", "b", "d", "a"], append: ["a", "b", "c", "d"] },
    facts: {
      kept: { otherwise: ["b", "a"], append: ["a", "b"] },
      told: ["mounted a", "mounted b", "mounted c", "mounted d"],
    },
    steps: [],
  },
  {
    number: 25,
    part: "absent",
    name: "the join takes away what is not sent again",
    start: { items: items("a", "b", "c"), meanwhile: items("a", "c") },
    document: ["a", "b", "c"],
    list: ["a", "c"],
    facts: { kept: ["a", "c"], told: ["mounted a", "mounted c"] },
    steps: [],
  },
];
