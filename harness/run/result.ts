import type { ExitCode } from "../core/exit-codes.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import { type Environment, type RunResult, SCHEMA_VERSION } from "../core/run-result.ts";
import { usersOf } from "../core/scenario.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { judgeThresholds } from "../gate/thresholds.ts";
import { verdictOn } from "../gate/verdict.ts";
import { counter, gauge } from "../measure/figures.ts";
import { type GeneratorHealth, generatorReport } from "../measure/generator-health.ts";
import type { RunPlan } from "./plan.ts";

/** What a result is made from, at the end of a run or at any time before. */
export interface ResultSources {
  readonly plan: RunPlan;
  readonly recorder: RunRecorder;
  readonly health: GeneratorHealth;
  readonly environment: Environment;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Set where the run ended, or would now end, before its end. */
  readonly endedEarly?: { readonly by: string; readonly exitCode: ExitCode };
}

/** The result of a run, judged. */
export function makeResult(sources: ResultSources): RunResult {
  const { plan, recorder, health, environment, startedAt, durationMs, endedEarly } = sources;
  const { scenario, target } = plan;
  const checks = recorder.checks.checks();
  const generator = generatorReport(health);
  const metrics = [
    ...recorder.metrics(),
    ...(health.loopDelayUs === null
      ? []
      : [gauge(METRIC_NAMES.generatorLoopDelay, "us", health.loopDelayUs.p99)]),
    gauge(METRIC_NAMES.generatorCpu, "percent", health.cpuPercent),
    counter(METRIC_NAMES.generatorDroppedStarts, health.droppedStarts),
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
      steps: scenario.steps,
    },
    checks,
    metrics,
    thresholds,
    generator,
  };
}
