import type { LiveFigures } from "../harness/core/live-figures.ts";
import type { GeneratorProcess } from "../harness/core/run-result.ts";
import { generatorLine } from "./generator-line.ts";
import { latencyGoingOn, received } from "./live-readings.ts";
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

function latencyLine({ metrics, mode }: LiveFigures): string {
  const most = latencyGoingOn({ metrics, mode });
  if (most === undefined) return "";
  const { p50, p99, max } = most.values;
  return `${most.operation ?? "latency"} to the frame: p50 ${time(p50)}, p99 ${time(p99)}, at most ${time(max)}`;
}

function countLine({ metrics, mode, checks }: LiveFigures): string {
  const { frames, bytes } = received({ metrics, mode });
  return `${count(frames, "frame")} received, ${memory(bytes)}; ${integer(checks.failed)} of ${count(checks.made, "check")} failed`;
}
