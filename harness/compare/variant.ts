import type { RunResult } from "../core/run-result.ts";

/** One repeat of a variant: a run, and the mode of it whose figures count. */
export interface Sample {
  readonly run: RunResult;
  readonly mode: string;
}

/** What is compared: its name, and its repeats, at least one, in the order in which they were begun. */
export interface Variant {
  readonly name: string;
  readonly samples: readonly [Sample, ...Sample[]];
}
