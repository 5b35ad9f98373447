import type { CheckCounts } from "./checks.ts";
import type { Metric } from "./metric.ts";
import type { GeneratorProcess } from "./run-result.ts";

/** What is known of a mode while a step of it is performed. */
export interface LiveFigures {
  readonly mode: string;
  /** The step that is performed, as checks call it: `3 insert`. */
  readonly step: string;
  /** Simulated users and Chromes in the mode. */
  readonly users: number;
  readonly browsers: number;
  /** Since the step began. */
  readonly elapsedMs: number;
  /** How long the step lasts; null where that is not known before. */
  readonly lastsMs: number | null;
  /** Things that were begun in the step. */
  readonly done: number;
  /** Of the mode so far. */
  readonly metrics: readonly Metric[];
  /** Of the run so far, all of its modes. */
  readonly checks: Pick<CheckCounts, "made" | "failed">;
  readonly processes: GeneratorProcess[];
}
