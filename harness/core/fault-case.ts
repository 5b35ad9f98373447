import type { CheckKind } from "./checks.ts";
import type { Mode } from "./modes.ts";

/** What is read of a metric. `count` of one that has no sample is 0. */
export type Reading = "value" | "count" | "min" | "mean" | "p90" | "max" | "perUnit";

/**
 * By what a fault is caught:
 *
 * - `check`: a check of that kind fails
 * - `metric`: the figure is beside that of a server without faults by so much, both bounds included: microseconds, bytes
 *   or a count. What else a machine does can only add to times, so their least is read.
 */
export type Catch =
  | { readonly kind: "check"; readonly check: CheckKind }
  | {
      readonly kind: "metric";
      readonly metric: string;
      readonly reading: Reading;
      readonly moves: readonly [least: number, most: number];
    };

/** A defect that a server can be told to commit, and the run that has to find it. */
export interface FaultCase {
  /** As the server's `--fault` takes it. */
  readonly fault: string;
  readonly scenario: string;
  readonly mode: Mode;
  /** Of the scenario, beside `--mode`. */
  readonly options: readonly string[];
  readonly by: Catch;
}

/** What became of a {@link FaultCase}. */
export interface FaultVerdict {
  readonly case: FaultCase;
  /**
   * - `caught`: by what had to
   * - `elsewhere`: something else failed, but not that
   * - `missed`: nothing did
   */
  readonly outcome: "caught" | "elsewhere" | "missed";
  /** What said so, or what should have: `user-vs-oracle`, `latency.insert.frame min +51,200`, in the unit of the metric. */
  readonly by: string;
  /** How many messages had been written, changed and deleted when it was noticed; null where that is not known. */
  readonly afterMessages: number | null;
  /** What was said of it, in one line; empty where nothing was. */
  readonly said: string;
}

/** A run against a server without faults: it has nothing to report. */
export interface HealthyVerdict {
  readonly scenario: string;
  readonly mode: Mode;
  readonly options: readonly string[];
  /** What was reported all the same, a line each. */
  readonly alarms: readonly string[];
}

/** What became of each fault, and of the same runs against servers without one. */
export interface SelfTestReport {
  readonly faults: readonly FaultVerdict[];
  readonly healthy: readonly HealthyVerdict[];
}
