import fc from "fast-check";
import { messageOf } from "../core/errors.ts";
import { type Performance, performSequence } from "./perform-sequence.ts";
import type { Sequence, SequenceMode } from "./sequence.ts";
import { sequenceArbitrary } from "./sequence-arbitrary.ts";

/** One random sequence: the same seed gives the same one. */
export interface FuzzRun {
  readonly mode: SequenceMode;
  readonly seed: number;
  readonly steps: number;
}

/** A sequence that went wrong, as short as it could be made. */
export interface FoundDifference {
  readonly run: FuzzRun;
  readonly sequence: Sequence;
  /** What is wrong. */
  readonly message: string;
  /** How many sequences were tried to make it shorter. */
  readonly tried: number;
  /** Whether the short one went wrong once more when it was done again; else it depends on when things arrive. */
  readonly again: boolean;
}

/** How a run went. */
export interface FuzzOutcome {
  /** How often lists were compared, until something was wrong. */
  readonly compared: number;
  readonly difference: FoundDifference | null;
}

/** What a run is made with. */
export interface FuzzRunOptions extends Performance {
  /** Told when a sequence has gone wrong, before it is made shorter. */
  readonly onDifference?: (message: string) => void;
  /** For how long a sequence is made shorter. Default: 120,000. */
  readonly mostShrinkingMs?: number;
  /** Milliseconds, from whenever. */
  readonly nowMs: () => number;
}

/** Does one random sequence, and makes it short where it goes wrong. @throws what `signal` was aborted with */
export async function fuzzOnce(run: FuzzRun, options: FuzzRunOptions): Promise<FuzzOutcome> {
  const { signal, nowMs, onDifference, mostShrinkingMs = 120_000 } = options;
  let compared = 0;
  let tried = 0;
  let deadlineMs: number | null = null;
  const property = fc.asyncProperty(sequenceArbitrary(run.mode, run.steps), async (sequence) => {
    if (deadlineMs !== null) {
      tried += 1;
      // Whatever is left to be tried counts as right: what was found so far stays the shortest.
      if (signal?.aborted || nowMs() > deadlineMs) return;
    }
    try {
      const times = await performSequence(sequence, options);
      if (deadlineMs === null) compared = times;
    } catch (error) {
      signal?.throwIfAborted();
      if (deadlineMs === null) onDifference?.(messageOf(error));
      deadlineMs ??= nowMs() + mostShrinkingMs;
      throw error;
    }
  });
  const { counterexample, errorInstance } = await fc.check(property, { seed: run.seed, numRuns: 1 });
  signal?.throwIfAborted();
  if (counterexample === null) return { compared, difference: null };
  const [sequence] = counterexample;
  const again = await performSequence(sequence, options).then(
    () => false,
    () => true,
  );
  return { compared, difference: { run, sequence, message: messageOf(errorInstance), tried, again } };
}
