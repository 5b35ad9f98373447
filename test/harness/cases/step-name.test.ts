import { expect, test } from "vitest";
import { stepName } from "../../../harness/cases/step-name.ts";
import type { CaseStep } from "../../../harness/core/stream-case.ts";

const insert = { kind: "insert", item: { id: "c", text: "C", mark: "new" } } as const;

test.each<[string, Partial<CaseStep>, string]>([
  ["an insert", { perform: [insert] }, "step 1: insert c=C [new]"],
  [
    "an insert at a place",
    { perform: [{ ...insert, at: 0, limit: -3 }] },
    "step 1: insert c=C [new] at 0 with limit -3",
  ],
  ["an update only", { perform: [{ ...insert, updateOnly: true }] }, "step 1: update only c=C [new]"],
  [
    "several in one call",
    { perform: [{ kind: "insertAll", items: [{ id: "a" }, { id: "b" }], at: 1 }] },
    "step 1: insert a b together at 1",
  ],
  [
    "several in one render, in the view within",
    {
      view: "nested-items",
      perform: [
        { kind: "delete", id: "a" },
        { kind: "note", text: "x" },
      ],
    },
    "step 1: delete a, change another assign, in the view within",
  ],
  ["a reset", { perform: [{ kind: "reset", items: [{ id: "b" }] }] }, "step 1: reset to b"],
  ["a reset to nothing", { perform: [{ kind: "reset", items: [] }] }, "step 1: reset to nothing"],
  ["a button", { perform: [], press: "b" }, "step 1: press the button of b"],
  [
    "a long text",
    { perform: [{ kind: "insert", item: { id: "a", text: "t".repeat(99) } }] },
    `step 1: insert a=${"t".repeat(20)}…`,
  ],
])("%s is said in words", (_, step, words) => {
  expect(stepName(0, { perform: [], list: [], ...step })).toBe(words);
});
