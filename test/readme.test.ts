import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseBaseline } from "../harness/core/baseline.ts";
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

test("what the README shows of the gate begins with the figures of the project's own baseline", () => {
  const path = new URL("../reports/baselines/payload.json", import.meta.url);
  const { exact } = parseBaseline(readFileSync(path, "utf8"), path.pathname);
  const sizeOf = (name: string, inMode: string) =>
    exact.flatMap((entry) =>
      entry.metric === name && entry.mode === inMode && entry.repeats === "all" ? [entry.sum] : [],
    );
  const start = lines.indexOf("  payload.update.newest_10.bytes");
  const block = lines.slice(start, lines.indexOf("```", start)).join("\n");
  const shown = [
    ...[...block.matchAll(/(\w+) ([\d,]+) → [\d,]+ \+/g)].map(([, mode = "", before = ""]) => [
      sizeOf("payload.update.newest_10.bytes", mode),
      [Number(before.replaceAll(",", ""))],
    ]),
    ...[...block.matchAll(/(payload\.\S+)\{mode:(\w+)\}: (\d+) → /g)].map(
      ([, name = "", mode = "", before]) => [sizeOf(name, mode), [Number(before)]],
    ),
  ];
  expect(shown).toHaveLength(3);
  for (const [kept, told] of shown) expect(told).toEqual(kept);
  expect(block).toContain(` of ${exact.length} exact metrics grew`);
});
