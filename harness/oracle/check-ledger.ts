import { CHECK_KINDS, type CheckCounts, type CheckKind, type Failure } from "../core/checks.ts";
import type { Checks } from "../core/run-result.ts";

/** How many failures are kept in full unless told otherwise; the others are counted. */
export const KEPT_FAILURES = 20;

/** The checks of a ledger as plain data, to be added to another one in another process. */
export interface CheckTransfer {
  readonly counts: readonly (readonly [CheckKind, string, CheckCounts])[];
  readonly failures: readonly Failure[];
}

/**
 * Counts checks by kind and mode, and keeps the first failures in full. Its size does not depend on how many
 * checks are made or fail.
 */
export class CheckLedger {
  readonly #keptFailures: number;
  readonly #messages: (() => number) | undefined;
  readonly #counts = new Map<CheckKind, Map<string, CheckCounts>>();
  readonly #failures: Failure[] = [];

  /** @param messages how many were written, changed and deleted so far. Default: nobody counts */
  constructor(keptFailures: number = KEPT_FAILURES, messages?: () => number) {
    this.#keptFailures = keptFailures;
    this.#messages = messages;
  }

  /** Whether the next failure is kept in full. */
  get keeps(): boolean {
    return this.#failures.length < this.#keptFailures;
  }

  /** Counts checks that held. */
  pass(kind: CheckKind, mode: string, count = 1): void {
    this.#of(kind, mode).made += count;
  }

  /** Counts a check that did not. */
  fail(failure: Failure): void {
    const counts = this.#of(failure.kind, failure.mode);
    counts.made += 1;
    counts.failed += 1;
    if (!this.keeps) return;
    this.#failures.push(this.#messages ? { ...failure, afterMessages: this.#messages() } : failure);
  }

  /** Everything so far as plain data. */
  toTransfer(): CheckTransfer {
    const counts = [...this.#counts].flatMap(([kind, byMode]) =>
      [...byMode].map(([mode, ofMode]) => [kind, mode, { ...ofMode }] as const),
    );
    return { counts, failures: [...this.#failures] };
  }

  /** Adds what another ledger counted. Of its failures those are kept for which there is still room. */
  addTransfer({ counts, failures }: CheckTransfer): void {
    for (const [kind, mode, ofMode] of counts) add(this.#of(kind, mode), ofMode);
    this.#failures.push(...failures.slice(0, this.#keptFailures - this.#failures.length));
  }

  /** All checks so far, as a run result has them. */
  checks(): Checks {
    const kinds: Checks["kinds"] = {};
    const total = { made: 0, failed: 0 };
    for (const kind of CHECK_KINDS) {
      const byMode = this.#counts.get(kind);
      if (!byMode) continue;
      const sum = { made: 0, failed: 0 };
      for (const counts of byMode.values()) add(sum, counts);
      add(total, sum);
      const modes = Object.fromEntries([...byMode].map(([mode, counts]) => [mode, { ...counts }]));
      kinds[kind] = { ...sum, modes };
    }
    return { ...total, kinds, failures: [...this.#failures] };
  }

  #of(kind: CheckKind, mode: string): CheckCounts {
    const byMode = this.#counts.get(kind) ?? new Map<string, CheckCounts>();
    this.#counts.set(kind, byMode);
    const counts = byMode.get(mode) ?? { made: 0, failed: 0 };
    byMode.set(mode, counts);
    return counts;
  }
}

function add(sum: CheckCounts, counts: CheckCounts): void {
  sum.made += counts.made;
  sum.failed += counts.failed;
}
