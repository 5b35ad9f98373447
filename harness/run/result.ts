import type { Failure } from "../core/checks.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { RecordedViewer } from "../core/recording.ts";
import { type Checks, type Environment, type RunResult, SCHEMA_VERSION } from "../core/run-result.ts";
import { usersOf } from "../core/scenario.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { judgeThresholds } from "../gate/thresholds.ts";
import { verdictOn } from "../gate/verdict.ts";
import { gauge } from "../measure/figures.ts";
import {
  type GeneratorHealth,
  generatorMetrics,
  generatorReport,
  HEALTH_LIMITS,
  UNTIMED_LIMITS,
} from "../measure/generator-health.ts";
import type { EndedEarly } from "./ended-early.ts";
import type { RunPlan } from "./plan.ts";

/** What a result is made from, at the end of a run or at any time before. */
export interface ResultSources {
  readonly plan: RunPlan;
  readonly recorder: RunRecorder;
  /** Whose frames were kept, and what the result calls their file. */
  readonly replay?: { readonly file: string; readonly recordings: readonly RecordedViewer[] };
  /** Of each process with users, in the order of their numbers. */
  readonly health: readonly GeneratorHealth[];
  /** Of generator processes that died, a sentence each. */
  readonly losses: readonly string[];
  /** By how much the clock of each generator process may still be off, in microseconds; none before they were set. */
  readonly clockBoundsUs: readonly number[];
  readonly environment: Environment;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Set where the run ended, or would now end, before its end. */
  readonly endedEarly?: EndedEarly;
}

/** The result of a run, judged. */
export function makeResult(sources: ResultSources): RunResult {
  const { plan, recorder, health, losses, clockBoundsUs, environment, startedAt, durationMs, endedEarly } =
    sources;
  const { scenario, target } = plan;
  const checks = withReplay(recorder.checks.checks(), sources.replay);
  const fared = generatorReport(health, scenario.fixed ? UNTIMED_LIMITS : HEALTH_LIMITS);
  const generator = {
    ...fared,
    // Bytes do not depend on when anything happened.
    believable: (fared.believable || scenario.fixed === true) && losses.length === 0,
    reasons: [...losses, ...(scenario.fixed === true ? [] : fared.reasons)],
  };
  const metrics = [
    ...recorder.metrics(),
    ...generatorMetrics(health),
    ...(clockBoundsUs.length === 0
      ? []
      : [gauge(METRIC_NAMES.generatorClockBound, "us", Math.max(...clockBoundsUs))]),
  ];
  const thresholds = judgeThresholds(plan.thresholds, metrics, plan.modes);
  const early = endedEarly === undefined ? {} : { endedEarlyWith: endedEarly.exitCode };
  return {
    schemaVersion: SCHEMA_VERSION,
    scenario: scenario.name,
    ...verdictOn({ checks, thresholds, generator, ...early }),
    ...(endedEarly === undefined ? {} : { endedBy: endedEarly.by }),
    seed: scenario.seed,
    startedAt,
    durationMs,
    environment,
    configuration: {
      template: scenario.site.name,
      ...(target === null ? {} : { target: target.origin }),
      modes: [...plan.modes],
      users: usersOf(scenario),
      browsers: scenario.browsers,
      messagesInRoom: scenario.rooms.messagesEach,
      pageSize: scenario.pageSize,
      ...(scenario.fixed === true && { fixed: true }),
      steps: scenario.steps,
    },
    checks,
    metrics,
    thresholds,
    generator,
  };
}

/** The checks, with the file of frames told where a viewer failed for the first time. */
function withReplay(checks: Checks, replay: ResultSources["replay"]): Checks {
  if (replay === undefined) return checks;
  const { file, recordings } = replay;
  const isRecorded = (failure: Failure) =>
    (failure.frame ?? failure.noFrame) !== undefined &&
    recordings.some(
      ({ who, mode, step }) => who === failure.who && mode === failure.mode && step === failure.step,
    );
  const failures = checks.failures.map((failure) =>
    isRecorded(failure) ? { ...failure, replay: file } : failure,
  );
  return { ...checks, failures };
}
