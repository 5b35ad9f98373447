import type { GeneratorReport } from "../core/run-result.ts";

/** What the harness measured of itself; see `GeneratorReport`. */
export type GeneratorHealth = Omit<GeneratorReport, "believable" | "reasons">;

/** From where on the harness was the bottleneck. All bounds are still believable themselves. */
export interface HealthLimits {
  /** The 99th percentile of the event loop's delay, in microseconds. It adds to each latency. */
  readonly loopDelayP99Us: number;
  /** CPU, in percent of one core: an event loop has no more than one. */
  readonly cpuPercent: number;
  /** Dropped starts, in percent of all that were due. A dropped start has no latency, so the others look too good. */
  readonly droppedPercent: number;
}

/** The limits of a run that names no others. */
export const HEALTH_LIMITS: HealthLimits = { loopDelayP99Us: 100_000, cpuPercent: 95, droppedPercent: 1 };

/** Whether a run's figures can be believed, and why not: a sentence a reason, each with its remedy. */
export function believable(
  health: GeneratorHealth,
  limits: HealthLimits = HEALTH_LIMITS,
): { readonly ok: boolean; readonly reasons: string[] } {
  const reasons: string[] = [];
  const delayUs = health.loopDelayUs?.p99 ?? 0;
  if (delayUs > limits.loopDelayP99Us) {
    reasons.push(
      `The harness's event loop was ${ms(delayUs)} late or more 1 % of the time (limit ${ms(limits.loopDelayP99Us)}): ` +
        "use fewer users, a lower rate or a faster machine.",
    );
  }
  if (health.cpuPercent > limits.cpuPercent) {
    reasons.push(
      `The harness used ${Math.round(health.cpuPercent)} % of a core (limit ${limits.cpuPercent} %): ` +
        "use fewer users or a lower rate.",
    );
  }
  const due = health.madeStarts + health.droppedStarts;
  if (due > 0 && (health.droppedStarts * 100) / due > limits.droppedPercent) {
    reasons.push(
      `${health.droppedStarts} of ${due} starts could not be made on time (limit ${limits.droppedPercent} %): ` +
        "use a lower rate, or look for what keeps the server from answering.",
    );
  }
  return { ok: reasons.length === 0, reasons };
}

/** The health with its judgement, as a run result carries it. */
export function generatorReport(
  health: GeneratorHealth,
  limits: HealthLimits = HEALTH_LIMITS,
): GeneratorReport {
  const { ok, reasons } = believable(health, limits);
  return { ...health, believable: ok, reasons };
}

function ms(us: number): string {
  return `${Math.round(us / 1000)} ms`;
}
