import type { GeneratorProcess, GeneratorReport } from "../harness/core/run-result.ts";
import { count, integer, NO_VALUE, time } from "./quantities.ts";

/**
 * How the harness fared, in one line: of several processes the span of their CPU, the worst
 * of their delays and the sums of their starts.
 */
export function generatorLine({ processes }: Pick<GeneratorReport, "processes">): string {
  const sum = (key: "madeStarts" | "droppedStarts" | "lateStarts") =>
    processes.reduce((total, one) => total + one[key], 0);
  const worst = (of: (one: GeneratorProcess) => number) => Math.max(...processes.map(of));
  const sampled = processes.flatMap(({ loopDelayUs }) => (loopDelayUs === null ? [] : [loopDelayUs.p99]));
  const many = processes.length === 1 ? "" : `, ${processes.length} processes`;
  const late = sum("lateStarts");
  return [
    `The harness${many}: ${cpu(processes)}`,
    `garbage ${worst((one) => one.gcPercent).toFixed(1)} %`,
    `event loop ${sampled.length === 0 ? NO_VALUE : `${time(Math.max(...sampled))} late at p99`}`,
    `${integer(sum("droppedStarts"))} of ${count(sum("madeStarts") + sum("droppedStarts"), "start")} dropped`,
    ...(late === 0 ? [] : [`${integer(late)} late by up to ${time(worst((one) => one.maxLateUs))}`]),
  ].join(", ");
}

function cpu(processes: readonly GeneratorProcess[]): string {
  const percents = processes.map(({ cpuPercent }) => Math.round(cpuPercent));
  const least = Math.min(...percents);
  const most = Math.max(...percents);
  return least === most ? `${most} % of a core` : `${least} to ${most} % of a core`;
}
