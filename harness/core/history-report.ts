import type { NoisyReading } from "./baseline.ts";
import type { Unit } from "./metric.ts";
import type { Commit } from "./run-result.ts";

/** A level of a noisy figure is one from so many runs on: fewer are outliers. */
export const LEAST_RUNS_OF_A_LEVEL = 3;

/** One run of a history. */
export interface HistoryRun {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Absent where the result does not say it. */
  readonly commit?: Commit;
}

/** What is looked at: a reading of a metric. */
export interface HistoryName {
  /** As in the result: `payload.insert.bytes`. */
  readonly metric: string;
  readonly mode?: string;
  /** `size`: the bytes of a frame, or the mean of frames that differ. */
  readonly reading: NoisyReading | "size";
  readonly unit: Unit;
  /** Where runs of several machines are in the history, and the metric depends on that. */
  readonly machine?: string;
}

/** One reading, run by run. */
export interface MetricHistory extends HistoryName {
  /** `bytes`: any difference is a change. `test`: E-divisive with a t-test. */
  readonly judgedBy: "bytes" | "test";
  /** In `unit`, a value a run; null where a run does not have it. */
  readonly values: readonly (number | null)[];
  /** The indexes of the runs with which it changed, in order. */
  readonly changedAt: readonly number[];
}

/** What became of one reading where it changed. Less is better of all that is looked at. */
export interface MetricChange extends HistoryName {
  /** Of exact metrics those of the two runs; else the levels (`scale.ts`) of all runs between the neighbouring changes and this one. */
  readonly before: number;
  readonly after: number;
  /** `after / before - 1`; null where there was nothing before. */
  readonly shift: number | null;
  /** `different` where sizes differ and their mean does not. */
  readonly direction: "better" | "worse" | "different";
  /** By Student's test; null where bytes were compared. */
  readonly p: number | null;
}

/** What changed between two runs. */
export interface HistoryChange {
  /** The indexes of both runs. Others may lie between them that do not have these metrics. */
  readonly from: number;
  readonly to: number;
  /** What else differs between them, that figures depend on: `Node v24.20.0 and v24.21.0`. */
  readonly alsoChanged: readonly string[];
  readonly metrics: readonly MetricChange[];
}

/** One configuration, run again and again. */
export interface RunHistory {
  readonly scenario: string;
  readonly seed: number;
  /** In what it was run otherwise than the first one of this scenario; empty for that one. */
  readonly otherwise: readonly string[];
  /** In the order of their beginning. */
  readonly runs: readonly HistoryRun[];
  /** By name and mode. */
  readonly metrics: readonly MetricHistory[];
  /** The newest first. */
  readonly changes: readonly HistoryChange[];
}

/** What became of the figures of many runs. */
export interface HistoryReport {
  /** In the order in which they first come. */
  readonly histories: readonly RunHistory[];
  /** Files that are no part of it, and why, a sentence each. */
  readonly leftOut: readonly string[];
}
