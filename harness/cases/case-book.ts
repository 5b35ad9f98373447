import type { CaseDifference, CaseOutcome, CaseResult } from "../core/case-result.ts";
import type { CasesDefinition } from "../core/case-scenario.ts";
import type { Checks } from "../core/run-result.ts";
import { type CaseMode, caseId } from "../core/stream-case.ts";
import { CheckLedger } from "../oracle/check-ledger.ts";
import { casesAsked } from "./plan-cases.ts";

const KINDS = { Chrome: "case-in-chrome", user: "case-by-user" } as const;

/** What came of the cases of a run so far. */
export class CaseBook {
  readonly #ledger = new CheckLedger();
  readonly #outcomes = new Map<string, Map<CaseMode, CaseOutcome>>();
  readonly #definition: CasesDefinition;
  readonly #only: readonly string[] | undefined;

  constructor(definition: CasesDefinition, only: readonly string[] | undefined) {
    this.#definition = definition;
    this.#only = only;
  }

  /** A case was not done in a mode, and why. */
  leftOut(id: string, mode: CaseMode, reason: string): void {
    this.#set(id, mode, { outcome: "left-out", reason });
  }

  /** A case was done in Chrome and by a simulated user, who found these differences: each at most one. */
  done(id: string, mode: CaseMode, differences: readonly CaseDifference[]): void {
    for (const who of ["Chrome", "user"] as const) {
      const difference = differences.find((one) => one.who === who);
      if (difference === undefined) this.#ledger.pass(KINDS[who], mode);
      else this.#ledger.fail({ kind: KINDS[who], mode, step: `case ${id}`, ...failureOf(difference) });
    }
    const outcome: CaseOutcome =
      differences.length === 0 ? { outcome: "held" } : { outcome: "failed", differences: [...differences] };
    this.#set(id, mode, outcome);
  }

  checks(): Checks {
    return this.#ledger.checks();
  }

  /** Each case that was asked for, and what came of it in the modes so far. */
  results(): CaseResult[] {
    const { sources } = this.#definition;
    return casesAsked(this.#definition, this.#only).map((one) => {
      const source = sources[one.number];
      const modes = Object.fromEntries(this.#outcomes.get(caseId(one)) ?? []);
      return { id: caseId(one), name: one.name, ...(source === undefined ? {} : { source }), modes };
    });
  }

  #set(id: string, mode: CaseMode, outcome: CaseOutcome): void {
    const byMode = this.#outcomes.get(id) ?? new Map<CaseMode, CaseOutcome>();
    this.#outcomes.set(id, byMode.set(mode, outcome));
  }
}

function failureOf({ who, step, what, expected, actual }: CaseDifference) {
  return {
    who,
    expected: expected.join(", "),
    actual: actual.join(", "),
    message: `${who}: ${what} is not as it must be at ${step}`,
  };
}
