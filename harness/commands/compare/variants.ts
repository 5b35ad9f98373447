import type { Sample, Variant } from "../../compare/variant.ts";
import type { RunResult } from "../../core/run-result.ts";

/**
 * The variants in repeats of one run: itself, or where it has several modes each of them.
 *
 * @param name of the run; may be empty where its modes tell
 */
export function variantsOf(name: string, runs: readonly RunResult[]): Variant[] {
  const modes = [...new Set(runs.flatMap(({ configuration }) => configuration.modes))];
  return modes.flatMap((mode) => {
    const samples = runs
      .filter(({ configuration }) => configuration.modes.includes(mode))
      .map((run) => ({ run, mode }));
    return variantOf(modes.length === 1 && name !== "" ? name : `${name} ${mode}`.trim(), samples);
  });
}

/** A variant of its repeats, put in the order of their beginning; none where there is no repeat. */
export function variantOf(name: string, samples: readonly Sample[]): Variant[] {
  const [first, ...others] = samples.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
  return first === undefined ? [] : [{ name, samples: [first, ...others] }];
}
