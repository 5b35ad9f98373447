import type { CasesDefinition } from "../core/case-scenario.ts";
import { type Environment, type RunResult, SCHEMA_VERSION } from "../core/run-result.ts";
import type { CaseMode } from "../core/stream-case.ts";
import { verdictOn } from "../gate/verdict.ts";
import {
  type GeneratorHealth,
  generatorMetrics,
  generatorReport,
  UNTIMED_LIMITS,
} from "../measure/generator-health.ts";
import type { EndedEarly } from "../run/ended-early.ts";
import type { CaseBook } from "./case-book.ts";

/** What the result of a run of cases is made from, at its end or at any time before. */
export interface CasesResultSources {
  readonly definition: CasesDefinition;
  readonly book: CaseBook;
  readonly modes: readonly CaseMode[];
  /** The address of the target's page; null for a server of the run's own. */
  readonly target: string | null;
  readonly health: GeneratorHealth;
  readonly environment: Environment;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly endedEarly: EndedEarly | undefined;
}

/** The result of a run of cases, judged. No time is measured, so a busy machine makes nothing of it wrong. */
export function makeCasesResult(sources: CasesResultSources): RunResult {
  const { definition, book, modes, target, health, environment, startedAt, durationMs, endedEarly } = sources;
  const checks = book.checks();
  const generator = generatorReport([health], UNTIMED_LIMITS);
  const early = endedEarly === undefined ? {} : { endedEarlyWith: endedEarly.exitCode };
  return {
    schemaVersion: SCHEMA_VERSION,
    scenario: definition.name,
    ...verdictOn({ checks, thresholds: [], generator, ...early }),
    ...(endedEarly === undefined ? {} : { endedBy: endedEarly.by }),
    // Nothing is drawn from it: the cases are the same on every run.
    seed: 0,
    startedAt,
    durationMs,
    environment,
    configuration: {
      template: target === null ? "the page of cases of the reference server" : "a page of cases",
      ...(target === null ? {} : { target }),
      modes: [...modes],
      users: 1,
      browsers: 1,
      steps: [],
    },
    checks,
    cases: book.results(),
    metrics: generatorMetrics([health]),
    thresholds: [],
    generator,
  };
}
