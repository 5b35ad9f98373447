import type { ExactSizes, NoisyReading } from "./baseline.ts";
import type { Unit } from "./metric.ts";

/**
 * What became of a metric:
 *
 * - `improved`, `unchanged`, `regressed`: judged
 * - `undecided`: there is not enough to judge it by
 * - `new`: the baseline does not have it
 * - `missing`: the run does not have it; no sample is no pass
 */
export type GateOutcome = "improved" | "unchanged" | "regressed" | "undecided" | "new" | "missing";

/** A place in the templates, or a part of a frame, of which there are more or fewer bytes. */
export interface SlotChange {
  readonly part: string;
  readonly slot?: string;
  readonly source?: string;
  /** The static text in front of the slot. */
  readonly near?: string;
  /** Over all samples. */
  readonly before: number;
  readonly after: number;
  /** By how much it grew in each sample; null where there are not as many as before, or that is no whole number. */
  readonly perSample: number | null;
}

interface Judged {
  /** As in the result: `payload.insert.bytes`. */
  readonly metric: string;
  readonly mode?: string;
  readonly outcome: GateOutcome;
  /** Why it is undecided; empty otherwise. */
  readonly why: string;
}

/** Of an exact metric. `before` is null where it is new, `after` where it is missing. */
export interface ExactVerdict extends Judged {
  readonly before: ExactSizes | null;
  readonly after: ExactSizes | null;
  /** Whether the number of samples depends on time: then only their one size is compared. */
  readonly isTimed: boolean;
  /** The most grown first; null where one side has no anatomy. Empty where nothing differs. */
  readonly slots: readonly SlotChange[] | null;
}

/** Of one reading of a noisy metric. */
export interface NoisyVerdict extends Judged {
  readonly reading: NoisyReading;
  readonly unit: Unit;
  /** Medians of the repeats; null where none has it. */
  readonly before: number | null;
  readonly after: number | null;
  /** By which part of `before` it moved, by Hodges and Lehmann: 0.05 is 5 % more. Null where it was not tested. */
  readonly shift: number | null;
  /** By Mann and Whitney, two-sided, and by Holm for all that were tested. Null where it was not. */
  readonly p: number | null;
  readonly adjustedP: number | null;
}

/** A run, or repeats of it, held to a baseline. */
export interface GateReport {
  readonly scenario: string;
  /** The file that the baseline was read from, as it was given; the commit, where it was run too. */
  readonly baseline: string;
  /** How many runs there are of each. */
  readonly runs: { readonly before: number; readonly after: number };
  readonly verdict: "passed" | "regressed";
  readonly exact: readonly ExactVerdict[];
  readonly noisy: readonly NoisyVerdict[];
  /** What else one has to know, a sentence each. */
  readonly notes: readonly string[];
}

/** Whether a verdict makes the gate fail. */
export const isFailure = ({ outcome }: Pick<Judged, "outcome">): boolean =>
  outcome === "regressed" || outcome === "missing";
