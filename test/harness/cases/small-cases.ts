import { type CasesDefinition, defineCases } from "../../../harness/core/case-scenario.ts";
import { smallScenario } from "../crowd/small-scenario.ts";

const items = [{ id: "a" }];

/** A scenario of three cases, and one of the room page. */
export const smallCases: CasesDefinition = defineCases({
  name: "small-cases",
  question: "Does a small list do what it must?",
  description: "A few operations.",
  cases: [
    {
      number: 1,
      name: "an insert comes last",
      start: { items },
      list: ["a"],
      steps: [{ perform: [{ kind: "insert", item: { id: "b" } }], list: ["a", "b"] }],
    },
    {
      number: 2,
      name: "a delete",
      start: { items, mounted: [{ kind: "insert", item: { id: "b" }, at: 1 }], transition: true },
      list: ["a", "b"],
      steps: [{ perform: [{ kind: "delete", id: "a" }], until: "destroyed a", list: ["b"] }],
    },
    { number: 2, part: "limit", name: "a limit", start: { items, limit: -1 }, list: ["a"], steps: [] },
  ],
  roomPage: [
    {
      number: 3,
      name: "scrolled to the top",
      acts: [{ act: "history" }],
      tests: [
        ["history.test.ts", "page by page"],
        ["history.test.ts", "at once"],
      ],
    },
  ],
  site: smallScenario.site,
  pageSize: 3,
  exceptions: [{ cases: ["2"], modes: ["append"], reason: "nothing can be taken out" }],
  sources: { 2: "2686" },
});
