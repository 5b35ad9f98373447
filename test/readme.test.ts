import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MODE_FACTS, MODES } from "../harness/core/modes.ts";
import { SCENARIOS } from "../scenarios/index.ts";

const lines = readFileSync(new URL("../README.md", import.meta.url), "utf8").split("\n");

test("the README says of each mode what the program says of it", () => {
  const rows = MODES.map((mode) => {
    const { inLiveView, keeps, insertSends, cannot } = MODE_FACTS[mode];
    return `| \`${mode}\` | ${inLiveView} | ${keeps} | ${insertSends} | ${cannot.join("; ")} |`;
  });
  const start = lines.findIndex((line) => line.startsWith("| mode | in LiveView |"));
  expect(lines.slice(start + 2, start + 2 + MODES.length)).toEqual(rows);
});

test("the README lists the scenarios that there are", () => {
  const start = lines.indexOf("| scenario | what it is for |");
  const names = lines.slice(start + 2, lines.indexOf("", start)).map((line) => line.split("`")[1]);
  expect(names).toEqual(Object.keys(SCENARIOS));
});
