import type { LiveFigures } from "../harness/core/live-figures.ts";
import type { DistributionMetric, ExactMetric } from "../harness/core/metric.ts";
import type { GeneratorProcess } from "../harness/core/run-result.ts";
import { generatorLine } from "./generator-line.ts";
import { count, duration, integer, memory, time } from "./quantities.ts";

/** What a person wants to see while a run goes on: a few short lines, without a style. */
export function renderLive(figures: LiveFigures): string[] {
  const { processes } = figures;
  return [loadLine(figures), latencyLine(figures), countLine(figures), ...harnessLine(processes)]
    .filter((line) => line !== "")
    .map((line) => `  ${line}`);
}

/** A process that has not begun says nothing. */
function harnessLine(processes: GeneratorProcess[]): string[] {
  return processes.length === 0 ? [] : [generatorLine({ processes })];
}

function loadLine({ users, browsers, elapsedMs, lastsMs, done }: LiveFigures): string {
  const perSec = elapsedMs === 0 ? 0 : (done * 1000) / elapsedMs;
  const left = lastsMs === null ? [] : [`about ${duration(Math.max(0, lastsMs - elapsedMs))} left`];
  return [
    browsers === 0 ? count(users, "user") : `${count(users, "user")} and ${count(browsers, "Chrome")}`,
    `${perSec.toFixed(1)} begun a second`,
    duration(elapsedMs),
    ...left,
  ].join(", ");
}

/** Of the operation with most samples: that is the one that goes on. */
function latencyLine({ metrics, mode }: LiveFigures): string {
  const latencies = metrics.filter(
    (metric): metric is DistributionMetric =>
      metric.kind === "distribution" && metric.mode === mode && /^latency\.\w+\.frame$/.test(metric.name),
  );
  const [most] = latencies.toSorted((a, b) => b.values.count - a.values.count);
  if (most === undefined) return "";
  const { p50, p99, max } = most.values;
  return `${most.operation ?? "latency"} to the frame: p50 ${time(p50)}, p99 ${time(p99)}, at most ${time(max)}`;
}

function countLine({ metrics, mode, checks }: LiveFigures): string {
  const frames = metrics.filter(
    (metric): metric is ExactMetric =>
      metric.kind === "exact" && metric.mode === mode && /^payload\.\w+\.bytes$/.test(metric.name),
  );
  const sum = (of: "count" | "sum") => frames.reduce((all, { values }) => all + values[of], 0);
  return `${count(sum("count"), "frame")} received, ${memory(sum("sum"))}; ${integer(checks.failed)} of ${count(checks.made, "check")} failed`;
}
