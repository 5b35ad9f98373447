import { commandLineOf, descendants } from "../e2e/bench.ts";

/** The generator processes of a run, in the order in which they were started. */
export function generatorsOf(bench: number): number[] {
  return [...descendants(bench).keys()]
    .filter((pid) => commandLineOf(pid).some((word) => word.endsWith("crowd/generator.ts")))
    .toSorted((a, b) => a - b);
}
