import type { Parameters } from "./parameter.ts";

/** The scenario of random sequences, as `bench run` and `bench list` show it. */
export interface FuzzDefinition {
  readonly kind: "fuzz";
  readonly name: string;
  /** The question that it answers, in one line. */
  readonly question: string;
  /** How it answers it: a paragraph for the help. */
  readonly description: string;
  /** `runs` and `steps`; how long it goes on is an option of its own. */
  readonly parameters: Parameters;
}

/** What the command line of `bench run fuzz` says, found valid. */
export interface FuzzOptions {
  /** By the names of rendering modes; none twice. Absent: all. */
  readonly modes?: readonly string[];
  /** Of the first run of each mode; each further one has the next. */
  readonly seed: number;
  /** In each mode. */
  readonly runs: number;
  /** In each run. */
  readonly steps: number;
  /** How long to go on, instead of `runs`. */
  readonly durationMs?: number;
  /** No progress on standard error. */
  readonly quiet: boolean;
}
