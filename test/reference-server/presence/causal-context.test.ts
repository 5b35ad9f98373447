import { expect, test } from "vitest";
import { CausalContext, type Span, spansOf } from "../../../reference-server/presence/causal-context.ts";

const dots = (...counts: number[]) => spansOf(counts.map((count) => ({ replica: "a", count })));

test.each<{ name: string; seen: readonly (readonly Span[])[]; is: Omit<Span, "replica"> }>([
  { name: "in turn", seen: [dots(1), dots(2)], is: { upTo: 2, beyond: [] } },
  { name: "with a gap", seen: [dots(1), dots(3)], is: { upTo: 1, beyond: [3] } },
  { name: "with a gap that is filled", seen: [dots(3, 2, 5), dots(1)], is: { upTo: 3, beyond: [5] } },
  { name: "twice", seen: [dots(1, 2), dots(2, 1)], is: { upTo: 2, beyond: [] } },
  {
    name: "up to a count, some of them before",
    seen: [dots(2, 4, 6), [{ replica: "a", upTo: 4, beyond: [] }]],
    is: { upTo: 4, beyond: [6] },
  },
])("changes that are seen $name leave no more than is needed", ({ seen, is }) => {
  const context = new CausalContext();
  for (const spans of seen) context.add(spans);
  expect(context.spans()).toEqual([{ replica: "a", ...is }]);
});

test("a change has been seen where it, or all up to it, has been", () => {
  const context = new CausalContext();
  context.add([{ replica: "a", upTo: 2, beyond: [4] }]);
  const seen = [1, 2, 3, 4, 5].filter((count) => context.has({ replica: "a", count }));
  expect(seen).toEqual([1, 2, 4]);
  expect(context.has({ replica: "b", count: 1 })).toBe(false);
});

test("changes are gathered by replica", () => {
  expect(
    spansOf([
      { replica: "a", count: 2 },
      { replica: "b", count: 1 },
      { replica: "a", count: 5 },
    ]),
  ).toEqual([
    { replica: "a", upTo: 0, beyond: [2, 5] },
    { replica: "b", upTo: 0, beyond: [1] },
  ]);
});
