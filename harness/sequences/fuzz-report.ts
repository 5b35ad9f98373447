import { EXIT_CODES } from "../core/exit-codes.ts";
import type { FoundDifference } from "./fuzz-loop.ts";
import { sequenceTest } from "./sequence-test.ts";

/** How much was done in a mode. */
export interface FuzzCount {
  readonly runs: number;
  /** How often the lists were compared. */
  readonly compared: number;
}

/** What a fuzz has done so far. */
export interface FuzzProgress {
  readonly counts: ReadonlyMap<string, FuzzCount>;
  /** In each run. */
  readonly steps: number;
  readonly seed: number;
  /** Chrome's version. */
  readonly chrome: string;
  readonly durationMs: number;
}

/** A table of the modes: how many sequences, steps and comparisons. Ends with a line feed. */
export function fuzzSummary({ counts, steps, seed, chrome, durationMs }: FuzzProgress): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const rows = [...counts].map(([mode, { runs, compared }]) => [
    mode,
    number(runs),
    number(runs * steps),
    number(compared),
  ]);
  const table = [["mode", "sequences", "steps", "compared"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const head = `fuzz · seed ${seed} · ${steps} steps a sequence · ${Math.round(durationMs / 1000)} s · ${chrome}`;
  return [head, "", ...lines, "", ""].join("\n");
}

/** What went wrong, how it is done again, and the test. */
export function differenceReport({ run, sequence, message, tried, again }: FoundDifference): string {
  const { mode, seed, steps } = run;
  const count = sequence.steps.length === 1 ? "1 step" : `${sequence.steps.length} steps`;
  return [
    message,
    "",
    `FAILED in ${mode}: shrunk to ${count} in ${tried} tries, exit code ${EXIT_CODES.incorrect}`,
    ...(again ? [] : ["Done once more it passed: it depends on when things arrive."]),
    `Again: bench run fuzz --mode ${mode} --seed ${seed} --runs 1 --steps ${steps}`,
    "As a test, for test/e2e/found-sequences.test.ts:",
    "",
    sequenceTest(sequence),
  ].join("\n");
}
