import { UsageError } from "./errors.ts";
import type { FaultCase } from "./fault-case.ts";

/** A scenario that tests the checks: servers commit faults, and the runs that have to find them are told nothing of that. */
export interface SelfTestDefinition {
  readonly kind: "self-test";
  /** What `bench run` calls it. */
  readonly name: string;
  /** The question that it answers, in one line for `bench list`. */
  readonly question: string;
  /** How it answers it: a paragraph for the help. */
  readonly description: string;
  readonly cases: readonly FaultCase[];
}

/** What the command line of `bench run` says for a self-test, found valid. What is absent was not given. */
export interface SelfTestOptions {
  /** Names of faults. Absent: all. */
  readonly only?: readonly string[];
  /** How many runs there are at a time. Absent: as many as there are cores. */
  readonly atOnce?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Defines a self-test.
 *
 * @throws UsageError `invalid-scenario` where a fault is in two cases
 */
export function defineSelfTest(source: Omit<SelfTestDefinition, "kind">): SelfTestDefinition {
  const faults = source.cases.map(({ fault }) => fault);
  const twice = faults.find((fault, at) => faults.indexOf(fault) !== at);
  if (twice === undefined) return { kind: "self-test", ...source };
  throw new UsageError(`scenario ${JSON.stringify(source.name)}: there are two cases of ${twice}`, {
    code: "invalid-scenario",
  });
}
