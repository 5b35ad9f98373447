import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MODES } from "../../harness/core/modes.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";

/** A heading of a report and the rows below it, up to the next empty line or the end of the quotation. */
function rowsBelow(text: string, heading: string): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(heading));
  if (start === -1) throw new Error(`there is no "${heading}"`);
  const end = lines.findIndex((line, at) => at > start && (line === "" || line === "```"));
  return lines.slice(start, end);
}

const BYTES = "Bytes that one viewer receives: the most frequent size";
const DEFLATED = "Deflated with context take-over, for one who looks on";
const LEFT_BEHIND = "Elements that a deleted message leaves behind";

/** The cells of rows. */
const cellsIn = (rows: readonly string[]) => rows.map((row) => row.trim().split(/\s{2,}/));

const bytesOf = (cell: string): number => Number(cell.replaceAll(",", ""));

/** How well a frame deflates depends on the very digits of tokens and times. */
const DEFLATED_WITHIN_BYTES = 12;

test("five-ways: everybody sees the right list in every mode, in tables of at most 100 columns, and the README's tables are what it prints", {
  timeout: 300_000,
}, async () => {
  const folder = temporaryFolder();
  const { stdout } = await startBench("run", "five-ways", "--quiet", "--out", folder).ended;
  const { verdict, metrics, checks, thresholds, generator } = onlyResult(folder);
  // On a machine that is too busy for times the run is void; what is seen and what it weighs is the same.
  expect(verdict).toBe(generator.believable ? "passed" : "void");
  expect(checks.failed).toBe(0);
  expect(thresholds.filter(({ passed }) => !passed)).toEqual([]);

  // Each case is one action: whoever has no part in it receives the same, and that is most of them.
  const cases = metrics.flatMap((metric) =>
    metric.kind === "exact" && metric.case && !metric.name.includes(".deflated") ? [metric] : [],
  );
  expect(cases).toHaveLength(9 * MODES.length);
  for (const { name, mode, sizes, values } of cases) {
    const most = Math.max(...(sizes ?? []).map(({ count }) => count));
    expect({ name, mode, count: values.count }).toEqual({ name, mode, count: 40 });
    expect(most, `${name} in ${mode}`).toBeGreaterThan(20);
  }

  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);

  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  expect(rowsBelow(readme, BYTES)).toEqual(rowsBelow(stdout, BYTES));
  expect(rowsBelow(readme, LEFT_BEHIND)).toEqual(rowsBelow(stdout, LEFT_BEHIND));
  const near = cellsIn(rowsBelow(readme, DEFLATED)).map((cells) =>
    cells.map((cell) =>
      /^[\d,]+$/.test(cell)
        ? expect.toSatisfy(
            (now: string) => Math.abs(bytesOf(now) - bytesOf(cell)) <= DEFLATED_WITHIN_BYTES,
            `about ${cell}`,
          )
        : cell,
    ),
  );
  expect(near.length).toBeGreaterThan(10);
  expect(cellsIn(rowsBelow(stdout, DEFLATED))).toEqual(near);
  expect(cellsIn(rowsBelow(stdout, LEFT_BEHIND))).toEqual([
    [LEFT_BEHIND],
    ["on a user's page", "0", "0", "0", "2", "0", "0"],
    ["in Chrome's DOM", "0", "0", "0", "2", "0", "0"],
  ]);
});
