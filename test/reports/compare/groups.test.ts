import { expect, test } from "vitest";
import { groupsOf } from "../../../reports/compare/groups.ts";
import { compared, variant } from "../../harness/compare/variants.ts";

test("processor time is a group of its own, by operation", () => {
  const taken = (mode: string, place: number) =>
    variant(mode, place, 1, () =>
      ["insert", "prepend"].map((operation) => ({
        name: `cpu.server.${operation}`,
        mode,
        unit: "us" as const,
        kind: "gauge" as const,
        values: { value: 5000 },
      })),
    );
  const groups = groupsOf(compared(taken("stream", 0), taken("stateful", 1)));
  expect(
    groups.map(({ heading, short, figures }) => [heading, short, figures.map(({ label }) => label)]),
  ).toEqual([
    ["Processor time of the server", "CPU", ["an insert, for everybody", "a page of history, for one"]],
  ]);
});
