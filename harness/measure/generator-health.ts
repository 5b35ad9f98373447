import type { Metric } from "../core/metric.ts";
import { METRIC_NAMES } from "../core/metric-names.ts";
import type { GeneratorProcess, GeneratorReport } from "../core/run-result.ts";
import { counter, gauge } from "./figures.ts";

/** What a process of the harness measured of itself. */
export type GeneratorHealth = GeneratorProcess;

/** From where on the harness was the bottleneck. All bounds are still believable themselves. */
export interface HealthLimits {
  /** The 99th percentile of the event loop's delay of each process, in microseconds. It adds to each latency. */
  readonly loopDelayP99Us: number;
  /** CPU of each process, in percent of one core: an event loop has no more than one. */
  readonly cpuPercent: number;
  /** Collecting garbage in each process, in percent of the time. */
  readonly gcPercent: number;
  /** The longest that each process stood still to collect garbage, in microseconds: what arrived meanwhile seems to be late. */
  readonly longestGcUs: number;
  /** Dropped starts, in percent of all that were due. A dropped start has no latency, so the others look too good. */
  readonly droppedPercent: number;
  /** Late starts, in percent of all that were made. With more, the load was not the one that was asked for. */
  readonly latePercent: number;
}

/** The limits of a run that names no others. */
export const HEALTH_LIMITS: HealthLimits = {
  loopDelayP99Us: 100_000,
  cpuPercent: 95,
  gcPercent: 20,
  longestGcUs: 500_000,
  droppedPercent: 1,
  latePercent: 5,
};

/** Where no time is measured: then only what was not done makes figures wrong. */
export const UNTIMED_LIMITS: HealthLimits = {
  loopDelayP99Us: Number.POSITIVE_INFINITY,
  cpuPercent: Number.POSITIVE_INFINITY,
  gcPercent: Number.POSITIVE_INFINITY,
  longestGcUs: Number.POSITIVE_INFINITY,
  droppedPercent: 0,
  latePercent: Number.POSITIVE_INFINITY,
};

/** Whether a run's figures can be believed, and why not: a sentence a reason, each with its remedy. */
export function believable(
  processes: readonly GeneratorHealth[],
  limits: HealthLimits = HEALTH_LIMITS,
): { readonly ok: boolean; readonly reasons: string[] } {
  const reasons = processes.flatMap((health, index) => {
    const who =
      processes.length === 1 ? "the harness" : `generator process ${index + 1} of ${processes.length}`;
    return processReasons(health, who, limits);
  });
  reasons.push(...startReasons(processes, limits));
  return { ok: reasons.length === 0, reasons };
}

/** How all processes of a run fared, in the order of their numbers, with the judgement on them together. */
export function generatorReport(
  processes: readonly GeneratorHealth[],
  limits: HealthLimits = HEALTH_LIMITS,
): GeneratorReport {
  const { ok, reasons } = believable(processes, limits);
  return { processes: [...processes], believable: ok, reasons };
}

/** The health as metrics of the run: of times and shares the worst of all processes, of starts the sum. */
export function generatorMetrics(processes: readonly GeneratorHealth[]): Metric[] {
  const delays = processes.flatMap(({ loopDelayUs }) => (loopDelayUs === null ? [] : [loopDelayUs.p99]));
  const worst = (of: (health: GeneratorHealth) => number) => Math.max(0, ...processes.map(of));
  return [
    ...(delays.length === 0 ? [] : [gauge(METRIC_NAMES.generatorLoopDelay, "us", Math.max(...delays))]),
    gauge(
      METRIC_NAMES.generatorCpu,
      "percent",
      worst(({ cpuPercent }) => cpuPercent),
    ),
    gauge(
      METRIC_NAMES.generatorGc,
      "percent",
      worst(({ gcPercent }) => gcPercent),
    ),
    counter(METRIC_NAMES.generatorDroppedStarts, sum(processes, "droppedStarts")),
    counter(METRIC_NAMES.generatorLateStarts, sum(processes, "lateStarts")),
  ];
}

function processReasons(
  { loopDelayUs, cpuPercent, gcPercent, longestGcUs }: GeneratorHealth,
  who: string,
  limits: HealthLimits,
): string[] {
  const reasons: string[] = [];
  const capital = who[0]?.toUpperCase() + who.slice(1);
  const delayUs = loopDelayUs?.p99 ?? 0;
  if (delayUs > limits.loopDelayP99Us) {
    reasons.push(
      `The event loop of ${who} was ${ms(delayUs)} late or more 1 % of the time (limit ${ms(limits.loopDelayP99Us)}): ` +
        "use fewer users, a lower rate or a faster machine.",
    );
  }
  if (cpuPercent > limits.cpuPercent) {
    reasons.push(
      `${capital} used ${Math.round(cpuPercent)} % of a core (limit ${limits.cpuPercent} %): ` +
        "use fewer users or a lower rate.",
    );
  }
  if (gcPercent > limits.gcPercent) {
    reasons.push(
      `${capital} collected garbage ${Math.round(gcPercent)} % of the time (limit ${limits.gcPercent} %): ` +
        "use fewer users or a lower rate.",
    );
  }
  if (longestGcUs > limits.longestGcUs) {
    reasons.push(
      `${capital} stood still for ${ms(longestGcUs)} to collect garbage (limit ${ms(limits.longestGcUs)}): ` +
        "use fewer users, or messages that make smaller pages.",
    );
  }
  return reasons;
}

function startReasons(processes: readonly GeneratorHealth[], limits: HealthLimits): string[] {
  const reasons: string[] = [];
  const made = sum(processes, "madeStarts");
  const dropped = sum(processes, "droppedStarts");
  const late = sum(processes, "lateStarts");
  const due = made + dropped;
  if (due > 0 && (dropped * 100) / due > limits.droppedPercent) {
    reasons.push(
      `${dropped} of ${due} starts could not be made on time (limit ${limits.droppedPercent} %): ` +
        "use a lower rate, or look for what keeps the server from answering.",
    );
  }
  if (made > 0 && (late * 100) / made > limits.latePercent) {
    const worstUs = Math.max(...processes.map(({ maxLateUs }) => maxLateUs));
    reasons.push(
      `${late} of ${made} starts were made late, one of them by ${ms(worstUs)} (limit ${limits.latePercent} %): ` +
        "use fewer users or a lower rate.",
    );
  }
  return reasons;
}

function sum(
  processes: readonly GeneratorHealth[],
  key: "madeStarts" | "droppedStarts" | "lateStarts",
): number {
  return processes.reduce((total, health) => total + health[key], 0);
}

function ms(us: number): string {
  return `${Math.round(us / 1000)} ms`;
}
