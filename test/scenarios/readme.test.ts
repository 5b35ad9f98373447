import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SCENARIOS } from "../../scenarios/index.ts";
import { FAULT_CASES } from "../../scenarios/self-test.ts";
import { SCENARIO_CASES } from "../e2e/scenario-cases.ts";

const lines = readFileSync(new URL("../../scenarios/README.md", import.meta.url), "utf8").split("\n");

/** What is shown of a scenario, as the table has it: what it looks at, and what moves that. */
const shownOf = (name: string): string[] => [
  ...SCENARIO_CASES.filter(({ scenario }) => scenario === name).map(({ metric, mode, by }) => {
    const moved = "fault" in by ? `--fault ${by.fault}` : by.options.join(" to ");
    return `\`${metric}\` | \`${moved}\` in \`${mode}\``;
  }),
  ...FAULT_CASES.filter(({ scenario }) => scenario === name).map(({ fault, mode, by }) => {
    const looked = by.kind === "check" ? `check \`${by.check}\`` : `\`${by.metric}\``;
    return `${looked} | \`--fault ${fault}\` in \`${mode}\``;
  }),
];

test("the README of the scenarios tells of each its question, what it looks at and what moves that", () => {
  const rows = Object.values(SCENARIOS).flatMap(({ name, question }) =>
    shownOf(name).map((shown) => `| \`${name}\` | ${question} | ${shown} |`),
  );
  const start = lines.indexOf("| scenario | question | looks at | moved by |");
  expect(lines.slice(start + 2, lines.indexOf("", start))).toEqual(rows);
});

test.each(Object.values(SCENARIOS).flatMap(({ kind, name }) => (kind === "load" ? [name] : [])))(
  "%s is shown to tell of something",
  (name) => {
    expect(shownOf(name)).not.toEqual([]);
  },
);
