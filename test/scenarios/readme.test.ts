import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SCENARIOS } from "../../scenarios/index.ts";
import { SCENARIO_CASES } from "../e2e/scenario-cases.ts";

const lines = readFileSync(new URL("../../scenarios/README.md", import.meta.url), "utf8").split("\n");

test("the README of the scenarios tells of each its question, its metric and what moves it", () => {
  const rows = Object.values(SCENARIOS).flatMap(({ name, question }) =>
    SCENARIO_CASES.filter(({ scenario }) => scenario === name).map(({ metric, mode, by }) => {
      const moved = "fault" in by ? `--fault ${by.fault}` : by.options.join(" to ");
      return `| \`${name}\` | ${question} | \`${metric}\` | \`${moved}\` in \`${mode}\` |`;
    }),
  );
  const start = lines.indexOf("| scenario | question | metric | moved by |");
  expect(lines.slice(start + 2, lines.indexOf("", start))).toEqual(rows);
});

test("each scenario that measures has a metric that is shown to move", () => {
  const shown = new Set<string>(SCENARIO_CASES.map(({ scenario }) => scenario));
  const measuring = Object.values(SCENARIOS).filter(({ kind }) => kind === "load");
  expect([...shown].toSorted()).toEqual(measuring.map(({ name }) => name).toSorted());
});
