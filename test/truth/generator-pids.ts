import { readFileSync } from "node:fs";
import { descendants } from "../e2e/bench.ts";

/** The generator processes of a run, in the order in which they were started. */
export function generatorsOf(bench: number): number[] {
  return [...descendants(bench).keys()]
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("crowd/generator.ts"))
    .toSorted((a, b) => a - b);
}
